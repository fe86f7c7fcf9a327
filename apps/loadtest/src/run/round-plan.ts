import type { Scenario } from '../scenario/scenario';

/** One round: through the gateway or past it, with the schedule of its pair. */
export interface PlannedRound {
  readonly kind: 'target' | 'direct';
  /** Counted from 1; the target and the direct round of one number are a pair. */
  readonly number: number;
  readonly scenario: Scenario;
  /** Where its own record goes. */
  readonly file: string;
}

/**
 * The rounds in the order in which they run. With direct rounds, the pairs alternate which comes first (direct, target,
 * target, direct, …), so that a machine that slowly warms up or cools down favours neither. Both of a pair have the same
 * seed, hence the same arrivals, think times and prompts; each pair has its own, so that rounds are not copies of each other.
 */
export function planRounds(scenario: Scenario, rounds: number, withDirect: boolean): PlannedRound[] {
  return Array.from({ length: rounds }, (_, index) => index + 1).flatMap((number) => {
    const seeded = { ...scenario, seed: (scenario.seed + number - 1) % 2 ** 32 };
    const target: PlannedRound = { kind: 'target', number, scenario: seeded, file: `result-${number}.json` };
    if (!withDirect) return [target];
    const direct: PlannedRound = { kind: 'direct', number, scenario: seeded, file: `direct-${number}.json` };
    return number % 2 === 1 ? [direct, target] : [target, direct];
  });
}
