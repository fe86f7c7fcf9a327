import { embeddedIn } from './embedded';
import { alignLists, pairUp, type Placed } from './align';
import { isObject, own, UNKNOWN } from './masks';

/** Comparing each with each would take longer than reading. */
const MOST_PAIRS = 2500;

/** One attribute that differs. Paths: `a.b[0].c`, elements of sets `a[].c`, inside JSON or YAML text `policy#Statement[0].Action`. */
export interface AttributeChange {
  readonly path: string;
  /** Absent where the attribute comes into being. */
  readonly before?: unknown;
  /** Absent where the attribute goes away. */
  readonly after?: unknown;
}

/** The attribute or block that a path begins with: `environment[0].variables.X` -> `environment`. */
export function rootOf(path: string): string {
  return path.split(/[.[#]/, 1)[0] ?? path;
}

/** Whether an attribute is a set, whose order means nothing. Told by its path without indices. */
export type IsSet = (path: string) => boolean;

/**
 * What differs between two values whose marks have been put in (`masked`). Documents inside texts are compared as documents, so
 * that white space and the order of keys fold away; sets regardless of order; null and absent are one.
 */
export function diff(before: unknown, after: unknown, isSet: IsSet = () => false): AttributeChange[] {
  return compare('', before ?? undefined, after ?? undefined, isSet);
}

function compare(path: string, before: unknown, after: unknown, isSet: IsSet): AttributeChange[] {
  if (equal(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) =>
      compare(join(path, key), own(before, key) ?? undefined, own(after, key) ?? undefined, isSet),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return isSet(plain(path)) ? compareSets(path, before, after, isSet) : compareLists(path, before, after, isSet);
  }
  const inside = compareDocuments(path, before, after, isSet);
  if (inside !== undefined) return inside;
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

/** What stands on both sides is found first, so that something put in at the front moves nothing else. */
function compareLists(
  path: string,
  before: readonly unknown[],
  after: readonly unknown[],
  isSet: IsSet,
): AttributeChange[] {
  const start = lengthAlike(Math.min(before.length, after.length), (index) => equal(before[index], after[index]));
  const shorter = Math.min(before.length, after.length) - start;
  const end = lengthAlike(shorter, (index) => equal(before.at(-1 - index), after.at(-1 - index)));
  const placed = (list: readonly unknown[]): Placed[] =>
    list.slice(start, list.length - end).map((element, index) => [start + index, element]);
  const [gone, come] = [placed(before), placed(after)];
  return alignLists(gone, come, canonical).flatMap((gap) =>
    pairUp(gap.gone, gap.come).flatMap(([was, will]) =>
      compare(`${path}[${(will ?? was)?.[0] ?? 0}]`, was?.[1] ?? undefined, will?.[1] ?? undefined, isSet),
    ),
  );
}

/** How many of the first elements are alike. */
function lengthAlike(most: number, isAlike: (index: number) => boolean): number {
  let length = 0;
  while (length < most && isAlike(length)) length += 1;
  return length;
}

/** What only one side holds; elements that changed in part are shown by their parts. */
function compareSets(
  path: string,
  before: readonly unknown[],
  after: readonly unknown[],
  isSet: IsSet,
): AttributeChange[] {
  const kept = new Set(after.map(canonical));
  const known = new Set(before.map(canonical));
  const gone = before.filter((element) => !kept.has(canonical(element)));
  const come = after.filter((element) => !known.has(canonical(element)));
  const isPlain = ![...gone, ...come].every(isObject);
  if (isPlain || gone.length * come.length > MOST_PAIRS)
    return [
      ...gone.map((element) => ({ path: `${path}[]`, before: element })),
      ...come.map((element) => ({ path: `${path}[]`, after: element })),
    ];
  return pairUp(
    gone.map((element) => [0, element] as const),
    come.map((element) => [0, element] as const),
  ).flatMap(([was, will]) =>
    was === undefined || will === undefined
      ? [
          {
            path: `${path}[]`,
            ...(was === undefined ? {} : { before: was[1] }),
            ...(will === undefined ? {} : { after: will[1] }),
          },
        ]
      : compare(`${path}[]`, was[1], will[1], isSet),
  );
}

function compareDocuments(path: string, before: unknown, after: unknown, isSet: IsSet): AttributeChange[] | undefined {
  if (
    typeof before !== 'string' ||
    typeof after !== 'string' ||
    before === UNKNOWN ||
    after === UNKNOWN ||
    path.includes('#')
  )
    return undefined;
  const was = embeddedIn(before);
  const will = embeddedIn(after);
  if (was === undefined || will === undefined) return undefined;
  return compare(`${path}#`, was.value, will.value, isSet);
}

/** Equal as JSON, whatever the order of keys; absent and null are one. */
function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  const [one, other] = [left ?? null, right ?? null];
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((element, index) => equal(element, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  for (const key in one) if (!equal(one[key], own(other, key))) return false;
  for (const key in other) if (!Object.hasOwn(one, key) && !equal(undefined, other[key])) return false;
  return true;
}

/** A value as text that is the same for what means the same. */
function canonical(value: unknown): string {
  // Absent and null are one, and JSON has no word for absent.
  return JSON.stringify(value ?? null, (_, part: unknown) => (isObject(part) ? sorted(part) : part));
}

function sorted(object: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(object).filter(([, entry]) => entry !== null);
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function join(path: string, key: string): string {
  const part = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
  if (path === '' || path.endsWith('#')) return `${path}${part}`;
  return `${path}.${part}`;
}

function plain(path: string): string {
  return path.replace(/\[\d*\]/g, '');
}
