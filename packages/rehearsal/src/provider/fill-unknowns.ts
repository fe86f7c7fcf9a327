import { isKnown, isUnknown, isValues, type Known, type KnownValues, type Value, type Values } from '../protocol/value';
import type { ValueType } from '../protocol/value-type';
import { conform, emptyValue } from '../schemas/conform';
import { typeOf, type Block } from '../schemas/schema';

/**
 * The plan with its unknowns filled in from what AWS computed, and the empty value where nothing was computed.
 * What was planned stays: Terraform holds an apply against its plan.
 */
export function fillUnknowns(block: Block, planned: Values, computed: KnownValues): KnownValues {
  const filled = fill(typeOf(block), planned, computed);
  if (filled === null || typeof filled !== 'object' || Array.isArray(filled))
    throw new Error('a block is filled with something that is no object');
  return filled;
}

function fill(type: ValueType, planned: Value, computed: Known | undefined): Known {
  if (isUnknown(planned)) return known(computed === undefined ? emptyValue(type) : conform(type, computed));
  if (Array.isArray(planned)) {
    const element = elementType(type);
    return planned.map((member, index) => fill(element, member, Array.isArray(computed) ? computed[index] : undefined));
  }
  if (!isValues(planned)) return planned;
  const results = typeof computed === 'object' && computed !== null && !Array.isArray(computed) ? computed : {};
  const entries = Object.entries(planned).map(
    ([name, member]) => [name, fill(memberType(type, name), member, results[name])] as const,
  );
  return Object.fromEntries(entries);
}

/** What was made of known values is known. */
function known(value: Value): Known {
  if (!isKnown(value)) throw new Error('a computed value is unknown');
  return value;
}

function elementType(type: ValueType): ValueType {
  return typeof type === 'object' && type[0] !== 'object' ? type[1] : 'dynamic';
}

function memberType(type: ValueType, name: string): ValueType {
  if (typeof type !== 'object') return 'dynamic';
  return type[0] === 'object' ? (type[1][name] ?? 'dynamic') : type[1];
}
