import { isUnknown, isValues, type Known, type Value, type Values } from '../protocol/value';
import type { ValueType } from '../protocol/value-type';
import type { Block } from './schema';

/**
 * The value in the exact shape of the schema: every attribute present (null if unset), nothing that the schema does not
 * know. A state of an older schema and an account that was edited by hand come into shape so.
 */
export function conformBlock(block: Block, values: Values): Values {
  const shaped: Values = {};
  for (const [name, attribute] of Object.entries(block.attributes))
    shaped[name] = conform(attribute.type, values[name] ?? null);
  for (const [name, nested] of Object.entries(block.blocks)) {
    const value = values[name] ?? null;
    if (isUnknown(value)) shaped[name] = value;
    else if (nested.nesting === 'single') shaped[name] = isValues(value) ? conformBlock(nested.block, value) : null;
    else
      shaped[name] = elementsOf(value).map((element) => conformBlock(nested.block, isValues(element) ? element : {}));
  }
  return shaped;
}

/** The value in the shape of a type; a number or a truth value written as text becomes what it should be. */
export function conform(type: ValueType, value: Value): Value {
  if (value === null || isUnknown(value) || type === 'dynamic') return value;
  if (type === 'string') return typeof value === 'string' ? value : JSON.stringify(value);
  if (type === 'number') return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (type === 'bool') return typeof value === 'string' ? value === 'true' : value;
  const [collection, element] = type;
  if (collection === 'object') {
    const members: Values = {};
    for (const [name, member] of Object.entries(element))
      members[name] = conform(member, isValues(value) ? (value[name] ?? null) : null);
    return members;
  }
  if (collection === 'map')
    return isValues(value)
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, conform(element, member)]))
      : null;
  return elementsOf(value).map((member) => conform(element, member));
}

/** What a computed attribute holds when nothing says otherwise: the empty value of its type, as the real provider has it. */
export function emptyValue(type: ValueType): Known {
  if (type === 'string') return '';
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  if (type === 'dynamic') return null;
  const [collection, element] = type;
  if (collection === 'map') return {};
  if (collection !== 'object') return [];
  return Object.fromEntries(Object.entries(element).map(([name, member]) => [name, emptyValue(member)]));
}

function elementsOf(value: Value): Value[] {
  return Array.isArray(value) ? value : value === null ? [] : [value];
}
