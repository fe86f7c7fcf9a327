/** Under this key an unknown keeps what Terraform knows of it already, as base64 of Terraform's own encoding. */
const REFINEMENTS: unique symbol = Symbol('refinements');

/** Terraform's "known after apply". */
export interface Unknown {
  readonly [REFINEMENTS]: string;
}

/** A value of Terraform's type system: objects and maps alike as records, lists, sets and tuples as arrays. */
export type Value = null | boolean | number | string | Unknown | Value[] | Values;
/** An object or a map. */
export interface Values {
  [name: string]: Value;
}

/** A value without unknowns: what a state, an account and JSON hold. */
export type Known = null | boolean | number | string | Known[] | KnownValues;
/** An object or a map without unknowns. */
export interface KnownValues {
  [name: string]: Known;
}

/** A value that only the apply will tell. */
export const UNKNOWN: Unknown = { [REFINEMENTS]: '' };

/** An unknown of which something is known already; the bytes are kept as they came, since only Terraform reads them. */
export function refinedUnknown(encoded: Uint8Array): Unknown {
  return { [REFINEMENTS]: Buffer.from(encoded).toString('base64') };
}

/** What is known of an unknown, as it came; undefined when nothing is. */
export function refinementsOf(value: Unknown): Uint8Array | undefined {
  return value[REFINEMENTS] === '' ? undefined : Buffer.from(value[REFINEMENTS], 'base64');
}

/** True for a value that only the apply will tell. */
export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && REFINEMENTS in value;
}

/** True for objects and maps. */
export function isValues(value: Value | undefined): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value);
}

/** True when nothing in the value waits for the apply. */
export function isKnown(value: Value): value is Known {
  if (isUnknown(value)) return false;
  if (Array.isArray(value)) return value.every(isKnown);
  return !isValues(value) || Object.values(value).every(isKnown);
}

/** The value as text with sorted keys: equal text means equal value. Unknowns are never equal to anything known. */
export function canonical(value: Value | undefined): string {
  if (value === undefined || value === null) return 'null';
  if (isUnknown(value)) return '(unknown)';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isValues(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}
