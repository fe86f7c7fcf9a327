import type { AcceptedWeakness } from './accepted-weaknesses';
import type { Look } from './checkov';

/** What has to change: the stacks, or the list. */
export interface Judgement {
  /** Failures that nobody accepted. */
  readonly unaccepted: readonly string[];
  /** Accepted checks that fail nowhere any more. */
  readonly stale: readonly string[];
}

/** Holds what failed against what was accepted. */
export function judgeLooks(failed: readonly Look[], accepted: readonly AcceptedWeakness[]): Judgement {
  const matches = ({ checks, where }: AcceptedWeakness, look: Look): boolean =>
    checks.includes(look.check) && where.test(look.where);
  return {
    unaccepted: failed
      .filter((look) => !accepted.some((entry) => matches(entry, look)))
      .map(({ check, where, title }) => `${check} ${where}: ${title}`)
      .sort(),
    stale: accepted.flatMap((entry) =>
      entry.checks
        .filter((check) => !failed.some((look) => look.check === check && matches(entry, look)))
        .map((check) => `${check} at ${String(entry.where)}`),
    ),
  };
}
