import { isObject, UNKNOWN } from '../values/masks';
import { isBookkeeping } from '../review/resource-kinds';
import { boundaryLifted, exposures, exposuresWithout } from './exposure';
import { networkOpenings } from './network';
import { uncovered, type Opening } from './opening';
import { policyOpenings, rightsInWords } from './policy';

/** The sides of a resource's change; undefined where it is not there. */
export interface AccessSides {
  readonly type: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What a change opens and closes, each as a sentence. */
export interface AccessChange {
  /** `now anyone on the internet can reach port 4000`. Of something new, only what is open to everybody or to everything. */
  readonly widened: readonly string[];
  /** `no longer: …`. Empty for what is created or deleted as a whole. */
  readonly narrowed: readonly string[];
  /** What something new opens to a few: no widening, and yet good to know. */
  readonly opened: readonly string[];
}

/** Compares what both sides open, right by right and port by port, so that another way of writing the same is no change. */
export function accessChange({ type, before, after }: AccessSides): AccessChange {
  const was = sidesOf(type, before);
  const will = sidesOf(type, after);
  const isUpdate = isObject(before) && isObject(after);
  const isNoted = (opening: Opening): boolean => isObject(before) || opening.isWide;
  const fresh = uncovered(will.open, was.open);
  const opened = fresh.filter(isNoted);
  const undenied = isObject(before) ? uncovered(was.denied, will.denied) : [];
  return {
    widened: [
      ...sentences('now ', opened, was.open),
      ...sentences('no longer ', undenied),
      ...(isUpdate ? boundaryLifted(before, after) : []),
      ...(isObject(before) ? hiddenPolicies(before, after) : []),
    ],
    narrowed: isUpdate
      ? [
          ...sentences('no longer: ', uncovered(was.open, will.open)),
          ...sentences('now ', uncovered(will.denied, was.denied)),
        ]
      : [],
    opened: sentences(
      '',
      fresh.filter((opening) => !isNoted(opening) && isIngress(opening)),
    ),
  };
}

function isIngress(opening: Opening): boolean {
  return 'isEgress' in opening && opening.isEgress === false;
}

interface Side {
  readonly open: readonly Opening[];
  readonly denied: readonly Opening[];
}

function sidesOf(type: string, value: unknown): Side {
  if (!isObject(value)) return { open: exposuresWithout(type), denied: [] };
  // A text that reads like a policy gives nobody anything where nothing is governed by it.
  if (isBookkeeping(type)) return { open: [], denied: [] };
  const rights = policyOpenings(value);
  return {
    open: [...networkOpenings(type, value), ...exposures(type, value), ...rights.filter(isAllow)],
    denied: rights.filter((opening) => !isAllow(opening)),
  };
}

function isAllow(opening: Opening): boolean {
  return 'isAllow' in opening && opening.isAllow === true;
}

function sentences(start: string, openings: readonly Opening[], before: readonly Opening[] = []): string[] {
  const plain = openings.filter((opening) => !('action' in opening)).map(({ words }) => words);
  return [...plain, ...rightsInWords(openings, before)].map((words) => `${start}${words}`);
}

/** Policies of which Terraform will know only after apply what they say. */
function hiddenPolicies(before: Record<string, unknown>, after: unknown): string[] {
  if (!isObject(after)) return [];
  return ['policy', 'assume_role_policy']
    .filter((name) => after[name] === UNKNOWN && before[name] !== UNKNOWN)
    .map((name) => `what its ${name} allows is known only after apply`);
}
