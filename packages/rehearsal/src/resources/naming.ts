import type { KnownValues } from '../protocol/value';
import type { Attributes } from '../protocol/attributes';
import type { Finding } from './resource-type';
import type { Scene } from './scene';

/** The name that was asked for, or one that is made from the prefix, as the provider does it. */
export function nameFrom(
  planned: Attributes,
  scene: Scene,
  attributes: { readonly name: string; readonly prefix: string } = { name: 'name', prefix: 'name_prefix' },
): { readonly name: string; readonly computed: KnownValues } {
  const prefix = planned.text(attributes.prefix);
  const name = planned.text(attributes.name) || scene.uniqueName(prefix || 'terraform-');
  return { name, computed: { [attributes.name]: name, [attributes.prefix]: prefix } };
}

/** A finding when a known text does not have the form that AWS asks for. */
export function textRule(config: Attributes, path: string, allowed: RegExp, message: string): Finding[] {
  const text = config.text(path);
  return text === '' || allowed.test(text) ? [] : [{ path, summary: message.replaceAll('{}', text) }];
}

/** A finding when a known number is out of its range, in the words of the provider's SDK. */
export function rangeRule(config: Attributes, path: string, least: number, most: number): Finding[] {
  const value = config.number(path);
  if (value === undefined || (value >= least && value <= most)) return [];
  return [{ path, summary: `expected ${path} to be in the range (${least} - ${most}), got ${value}` }];
}

/** A finding when a known text is not one JSON value. */
export function jsonRule(config: Attributes, path: string): Finding[] {
  const text = config.text(path);
  try {
    if (text !== '') JSON.parse(text);
    return [];
  } catch (error) {
    return [{ path, summary: `"${path}" contains an invalid JSON: ${(error as Error).message}` }];
  }
}
