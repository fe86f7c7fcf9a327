import { isValues, type Value, type Values } from '../protocol/value';
import { Attributes } from '../protocol/attributes';
import type { Finding, ResourceType } from '../resources/resource-type';

/** Everything wrong with a configuration that can be said without an account. */
export function validateConfig(type: ResourceType, config: Values): Finding[] {
  const words = Object.entries(type.allowed ?? {}).flatMap(([path, allowed]) => wrongWords(config, path, allowed));
  return [...words, ...(type.validate?.(new Attributes(config)) ?? [])];
}

function wrongWords(config: Values, path: string, allowed: readonly string[]): Finding[] {
  return valuesAt(config, path.split('.'), []).flatMap(({ value, steps }) => {
    if (typeof value !== 'string' || allowed.includes(value)) return [];
    const words = allowed.map((word) => JSON.stringify(word)).join(' ');
    const name = path.split('.').at(-1) ?? path;
    return [{ path: steps.join('.'), summary: `expected ${name} to be one of [${words}], got ${value}` }];
  });
}

function valuesAt(
  value: Value,
  names: readonly string[],
  steps: readonly string[],
): { value: Value; steps: readonly string[] }[] {
  const [name, ...rest] = names;
  if (Array.isArray(value)) return value.flatMap((member, index) => valuesAt(member, names, [...steps, String(index)]));
  if (name === undefined) return [{ value, steps }];
  return isValues(value) ? valuesAt(value[name] ?? null, rest, [...steps, name]) : [];
}
