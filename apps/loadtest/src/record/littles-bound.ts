import { meanThinkTime } from '../scenario/expected-requests';
import type { Scenario } from '../scenario/scenario';
import { bucketAtQuantile, type Distribution } from './distribution';

/** The highest rate that a number of users can ask for, and where the answer time in it comes from. */
export interface LittlesBound {
  /** Requests per second. */
  readonly littlesBound: number;
  readonly boundBasis: 'direct' | 'serviceTimeP1';
}

/**
 * Little's law: users / (mean think time + R0). A closed load cannot exceed it however fast the gateway is, so a rate near it
 * says something about the users and nothing about capacity. R0 is what an answer takes at best: the median past the gateway,
 * or, without direct rounds, the fastest percent of service times.
 * @returns undefined for open arrivals, which have no such bound, and without any answer
 */
export function littlesBound(
  scenario: Scenario,
  serviceTime: Distribution,
  directLatency: Distribution | undefined,
): LittlesBound | undefined {
  if ('open' in scenario.arrival) return undefined;
  const { users, thinkTime } = scenario.arrival.closed;
  const direct = directLatency === undefined ? undefined : bucketAtQuantile(directLatency, 0.5);
  const answer = direct ?? bucketAtQuantile(serviceTime, 0.01);
  if (answer === undefined) return undefined;
  return {
    littlesBound: users / (meanThinkTime(thinkTime) + answer.high / 1e6),
    boundBasis: direct === undefined ? 'serviceTimeP1' : 'direct',
  };
}
