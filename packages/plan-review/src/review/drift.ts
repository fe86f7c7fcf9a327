import type { PlanJson, ResourceChange } from '../plan/plan-json';
import { rootOf, type AttributeChange } from '../values/diff';
import { UNKNOWN } from '../values/masks';
import { actionOf } from './action';
import { configuredAttributes } from './configured-attributes';
import type { ReviewedDrift, ReviewedRefresh } from './review-schema';
import { differences, sidesOf } from './sides';

/** What Terraform remembers otherwise than it reads now. */
export interface Remembered {
  /** Somebody deleted it, or changed what the code wants otherwise. */
  readonly drift: readonly ReviewedDrift[];
  /** Somebody changed what the code sets, and the plan leaves it so. */
  readonly leftAlone: readonly ReviewedRefresh[];
  /** What the provider fills in reads differently, as it does after most first applies. */
  readonly refreshed: readonly ReviewedRefresh[];
}

/**
 * Sorts what was changed outside of Terraform by what the plan does about it, attribute by attribute. A plan does not say what the code
 * ignores (`ignore_changes`); but what it leaves as it was found is what the code has nothing against. A plan that was only made to
 * refresh, or that leaves the resource out, tells nothing of that: there the code's word counts, and everything that it sets has drifted.
 */
export function reviewRemembered(stack: string, plan: PlanJson): Remembered {
  // What a replacement left over has the address of its successor.
  const whole = (plan.resource_changes ?? []).filter(({ deposed }) => deposed === undefined);
  const planned = new Map(whole.map((change) => [change.address, change]));
  const configuredIn = configuredAttributes(plan);
  const [drift, leftAlone, refreshed]: [ReviewedDrift[], ReviewedRefresh[], ReviewedRefresh[]] = [[], [], []];
  for (const resource of plan.resource_drift ?? []) {
    const { address } = resource;
    const change = planned.get(address);
    const isPutBack = change !== undefined && actionOf(change) !== 'no-op';
    if (actionOf(resource) === 'delete') {
      drift.push({ stack, address, action: 'delete', isPutBack, attributes: [] });
      continue;
    }
    const configured = configuredIn(address);
    const isSet: Test = ({ path }) => configured === undefined || configured.has(rootOf(path));
    const isUndone = change === undefined ? isSet : undoneBy(change, isSet);
    // A resource that was only moved has no attributes here.
    const attributes = differences(sidesOf(resource.change));
    const undone = attributes.filter(isUndone);
    const left = attributes.filter((attribute) => !isUndone(attribute));
    const ours = left.filter(isSet);
    const theirs = left.filter((attribute) => !isSet(attribute));
    if (undone.length > 0) drift.push({ stack, address, action: 'update', isPutBack, attributes: undone });
    if (ours.length > 0) leftAlone.push({ stack, address, attributes: ours });
    if (theirs.length > 0) refreshed.push({ stack, address, attributes: theirs });
  }
  return { drift, leftAlone, refreshed };
}

type Test = (attribute: AttributeChange) => boolean;

/** Whether a plan changes again what was changed. What the provider only computes anew says nothing of the code. */
function undoneBy(change: ResourceChange, isSet: Test): Test {
  const action = actionOf(change);
  if (action !== 'update') return () => action !== 'no-op';
  const places = differences(sidesOf(change.change))
    .filter((attribute) => attribute.after !== UNKNOWN || isSet(attribute))
    .map(({ path }) => withoutIndices(path));
  return ({ path }) => {
    const place = withoutIndices(path);
    return places.some((other) => isWithin(place, other) || isWithin(other, place));
  };
}

/** Whether a path is another, or lies below it. */
function isWithin(path: string, other: string): boolean {
  return path === other || (path.startsWith(other) && /[.#]/.test(path.charAt(other.length)));
}

/** An element that was put in moves those behind it: the way there and the way back name different indices. */
function withoutIndices(path: string): string {
  return path.replace(/\[\d*\]/g, '');
}
