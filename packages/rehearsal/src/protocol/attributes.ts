import { isKnown, isValues, type Known, type KnownValues, type Value, type Values } from './value';

/** Reads attributes by name and type. What is unset, unknown or of another type reads as unset. */
export class Attributes {
  constructor(readonly values: Values) {}

  /** Text; empty when unset. */
  text(name: string): string {
    const value = this.values[name];
    return typeof value === 'string' ? value : '';
  }

  /** A number, also one written as text; undefined when unset. */
  number(name: string): number | undefined {
    const value = this.values[name];
    if (typeof value === 'number') return value;
    return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
      ? Number(value)
      : undefined;
  }

  /** A truth value; false when unset. */
  flag(name: string): boolean {
    return this.values[name] === true;
  }

  /** Texts of a list or a set; empty when unset. */
  texts(name: string): string[] {
    const value = this.values[name];
    return Array.isArray(value) ? value.filter((member) => typeof member === 'string') : [];
  }

  /** A map of texts, without unknown members; empty when unset. */
  map(name: string): Record<string, string> {
    const value = this.values[name];
    if (!isValues(value)) return {};
    const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return Object.fromEntries(entries);
  }

  /** Nested blocks or objects; empty when there are none. */
  blocks(name: string): Attributes[] {
    const value = this.values[name];
    const members = Array.isArray(value) ? value : [value];
    return members.filter(isValues).map((member) => new Attributes(member));
  }

  /** The only nested block of a name. */
  block(name: string): Attributes | undefined {
    return this.blocks(name)[0];
  }

  /** True when the attribute is set, be it to something unknown. */
  isSet(name: string): boolean {
    return this.values[name] !== null && this.values[name] !== undefined;
  }

  /** True when the attribute is set to something that is known. */
  has(name: string): boolean {
    const value: Value | undefined = this.values[name];
    return value !== undefined && value !== null && isKnown(value);
  }

  /** The value if all of it is known. */
  known(name: string): Known | undefined {
    const value: Value | undefined = this.values[name];
    return value !== undefined && isKnown(value) ? value : undefined;
  }
}

/** Every text found at a dotted path; lists, sets and repeated blocks on the way count with all their members. */
export function textsAt(values: Values, path: string): string[] {
  let found: Value[] = [values];
  for (const name of path.split('.'))
    found = found.flatMap((value) => (isValues(value) ? flatten(value[name] ?? null) : []));
  return found.filter((value) => typeof value === 'string' && value !== '') as string[];
}

/** An account's attributes, to be read. */
export function attributesOf(resource: { readonly attributes: KnownValues }): Attributes {
  return new Attributes(resource.attributes);
}

function flatten(value: Value): Value[] {
  return Array.isArray(value) ? value : [value];
}
