import { diffArrays } from 'diff';
import { isObject, own } from './masks';

/** An element of a list, with its place. */
export type Placed = readonly [index: number, element: unknown];

/** A run of elements that only one side has, between two that both have. */
export interface Gap {
  readonly gone: readonly Placed[];
  readonly come: readonly Placed[];
}

/** What an element is told by, when it is an object: the first of these that it has. */
const NAMES = [
  'name',
  'model_name',
  'Sid',
  'id',
  'key',
  'Name',
  'Key',
  'containerPort',
  'containerPath',
  'container_name',
];
/** More edits than these are compared by place: finding the shortest way would take longer than it helps. */
const MOST_EDITS = 2000;

/** Finds what two lists share in order, by the shortest way from one to the other. `textOf` is the same for what means the same. */
export function alignLists(
  before: readonly Placed[],
  after: readonly Placed[],
  textOf: (element: unknown) => string,
): Gap[] {
  const whole = [{ gone: before, come: after }];
  // Elements are paired by name and place where there is nothing to align.
  if (before.length === 0 || after.length === 0 || before.length + after.length === 2) return whole;
  const texts = (list: readonly Placed[]): string[] => list.map(([, element]) => textOf(element));
  const parts = diffArrays(texts(before), texts(after), { maxEditLength: MOST_EDITS });
  // And where they are too different.
  if (parts === undefined) return whole;
  const gaps: { gone: Placed[]; come: Placed[] }[] = [];
  let [left, right, isOpen] = [0, 0, false];
  for (const { count, added, removed } of parts) {
    if (!added && !removed) {
      [left, right, isOpen] = [left + count, right + count, false];
      continue;
    }
    if (!isOpen) gaps.push({ gone: [], come: [] });
    isOpen = true;
    const [from, list] = removed ? [left, before] : [right, after];
    const side = removed ? gaps.at(-1)?.gone : gaps.at(-1)?.come;
    for (const placed of list.slice(from, from + count)) side?.push(placed);
    if (removed) left += count;
    else right += count;
  }
  return gaps;
}

/** Pairs what went with what came: by name, else what is alike, else by place when both sides have as many. */
export function pairUp(gone: readonly Placed[], come: readonly Placed[]): [Placed | undefined, Placed | undefined][] {
  const left = [...come];
  const take = (isMatch: (candidate: Placed) => boolean): Placed | undefined => {
    const index = left.findIndex(isMatch);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  const named = gone.map((was) => [was, take((will) => isNamedAlike(was[1], will[1]))] as const);
  const pairs = named.map(([was, will]): [Placed, Placed | undefined] => [
    was,
    will ?? take((candidate) => nameOf(was[1]) === undefined && isAlike(was[1], candidate[1])),
  ]);
  const unpaired = pairs.filter(([, will]) => will === undefined);
  if (unpaired.length === left.length)
    for (const pair of unpaired)
      pair[1] = unpaired.length === 1 || mayPair(pair[0], left[0]) ? left.shift() : undefined;
  return [...pairs, ...left.map((will): [undefined, Placed] => [undefined, will])];
}

/** Two things with different names are two things, not one that was renamed. */
function mayPair([, was]: Placed, will: Placed | undefined): boolean {
  return will !== undefined && (nameOf(was) === undefined || nameOf(will[1]) === undefined);
}

function isNamedAlike(was: unknown, will: unknown): boolean {
  const name = nameOf(was);
  return name !== undefined && name === nameOf(will);
}

function nameOf(element: unknown): string | undefined {
  if (!isObject(element)) return undefined;
  const key = NAMES.find((name) => typeof element[name] === 'string' || typeof element[name] === 'number');
  return key === undefined ? undefined : `${key} ${String(element[key])}`;
}

/** At least half of what either has set is the same. */
function isAlike(was: unknown, will: unknown): boolean {
  if (!isObject(was) || !isObject(will)) return false;
  const keys = [...new Set([...Object.keys(was), ...Object.keys(will)])].filter(
    (key) => isSet(own(was, key)) || isSet(own(will, key)),
  );
  const same = keys.filter((key) => JSON.stringify(own(was, key)) === JSON.stringify(own(will, key)));
  return same.length * 2 >= keys.length;
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}
