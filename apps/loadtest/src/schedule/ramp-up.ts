/** How fast users come when the scenario does not say: all within this time. */
const DEFAULT_RAMP_UP_MS = 1_000;

/** How long it takes until every user has come, in milliseconds. */
export function rampUpMs(users: number, perSecond: number | undefined): number {
  return perSecond === undefined ? DEFAULT_RAMP_UP_MS : (users * 1_000) / perSecond;
}

/** When a user makes the first request, in milliseconds from the schedule's start; users come evenly spaced. */
export function firstStartMs(user: number, users: number, perSecond: number | undefined): number {
  return (user * rampUpMs(users, perSecond)) / users;
}
