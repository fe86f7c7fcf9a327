import type { AttributePath, PathStep } from '../protocol/messages';
import { canonical, isUnknown, isValues, type Value, type Values } from '../protocol/value';
import type { ValueType } from '../protocol/value-type';
import { typeOf, type Block } from '../schemas/schema';

/** Names of the attributes and blocks that differ; order within sets does not matter. */
export function changedAttributes(block: Block, prior: Values, planned: Values): Set<string> {
  const changed = new Set<string>();
  const type = typeOf(block);
  if (typeof type === 'string' || type[0] !== 'object') return changed;
  for (const [name, member] of Object.entries(type[1]))
    if (!same(member, prior[name] ?? null, planned[name] ?? null)) changed.add(name);
  return changed;
}

/** True when both values mean the same; an unknown one differs from everything. */
export function same(type: ValueType, left: Value, right: Value): boolean {
  return canonical(sorted(type, left)) === canonical(sorted(type, right)) && !hasUnknown(right);
}

/**
 * Where in the plan something changes that cannot be changed in place. Paths run through lists by index; a set has no
 * places inside, so there the set itself is named.
 */
export function replacedPaths(block: Block, paths: readonly string[], prior: Values, planned: Values): AttributePath[] {
  return paths.flatMap((path) => walk(typeOf(block), path.split('.'), prior, planned, []));
}

function walk(
  type: ValueType,
  names: readonly string[],
  prior: Value,
  planned: Value,
  steps: PathStep[],
): AttributePath[] {
  const [name, ...rest] = names;
  if (name === undefined) return same(type, prior, planned) ? [] : [{ steps }];
  if (typeof type === 'string') return [];
  if (type[0] === 'set') return same(type, prior, planned) ? [] : subsetChanged(type, names, prior, planned, steps);
  if (type[0] === 'list') {
    const before = Array.isArray(prior) ? prior : [];
    const after = Array.isArray(planned) ? planned : [];
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) =>
      walk(type[1], names, before[index] ?? null, after[index] ?? null, [...steps, { element_key_int: index }]),
    ).flat();
  }
  if (type[0] !== 'object') return [];
  const member = type[1][name];
  if (member === undefined) throw new Error(`a replacing path names "${name}", which the schema lacks`);
  return walk(member, rest, memberOf(prior, name), memberOf(planned, name), [...steps, { attribute_name: name }]);
}

/** Inside a set only the values under the path count: other attributes of its elements may change freely. */
function subsetChanged(
  type: ValueType,
  names: readonly string[],
  prior: Value,
  planned: Value,
  steps: PathStep[],
): AttributePath[] {
  const under = (value: Value): string =>
    (Array.isArray(value) ? value : [])
      .map((element) => canonical(names.reduce<Value>((found, name) => memberOf(found, name), element)))
      .sort()
      .join();
  const unchanged = under(prior) === under(planned) && !hasUnknown(planned);
  return type[0] === 'set' && unchanged ? [] : [{ steps }];
}

function memberOf(value: Value, name: string): Value {
  return isValues(value) ? (value[name] ?? null) : null;
}

function hasUnknown(value: Value): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isValues(value) && Object.values(value).some(hasUnknown);
}

/** The value with its sets in an order of their own. */
function sorted(type: ValueType, value: Value): Value {
  if (typeof type === 'string') return value;
  if (type[0] === 'object') {
    if (!isValues(value)) return value;
    const members = Object.entries(type[1]).map(
      ([name, member]) => [name, sorted(member, value[name] ?? null)] as const,
    );
    return Object.fromEntries(members);
  }
  if (type[0] === 'map')
    return isValues(value)
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, sorted(type[1], member)]))
      : value;
  if (!Array.isArray(value)) return value;
  const members = value.map((member) => sorted(type[1], member));
  return type[0] === 'set' ? members.sort((left, right) => (canonical(left) < canonical(right) ? -1 : 1)) : members;
}
