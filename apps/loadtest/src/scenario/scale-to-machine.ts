import { meanThinkTime } from './expected-requests';
import type { Scenario } from './scenario';

/**
 * A LiteLLM worker's capacity where the gateway, the mock and the generator share a small machine: 54 to 75 requests/s
 * were measured with one worker and 100 to 156 with two, on two cores, LiteLLM 1.108.7.
 */
const CAPACITY_PER_WORKER = 60;
/** A request through the gateway to a 100 ms upstream, without waiting. */
const ANSWER_SECONDS = 0.115;

/** What a run has at hand on this machine. */
export interface Machine {
  readonly cores: number;
  /** LiteLLM's workers; those beyond the cores carry nothing. */
  readonly workers: number;
}

/**
 * A closed scenario written for one LiteLLM worker, with as many times its users as workers fit the machine; an open one
 * with as many times its rate. The base should ask for half a worker's capacity, so that waiting does not hide the
 * overhead, which is what a laptop can show.
 * @returns the scenario, and the sentence that says what was done and why
 */
export function scaleToMachine(base: Scenario, machine: Machine): { scenario: Scenario; sentence: string } {
  const factor = Math.max(1, Math.min(machine.workers, machine.cores));
  const arrival = scaled(base.arrival, factor);
  const rate = requestsPerSecond(arrival);
  const share = Math.round((100 * rate) / (CAPACITY_PER_WORKER * factor));
  const load =
    'closed' in arrival
      ? `${count(arrival.closed.users, 'user')}, about ${rate.toFixed(0)} requests/s,`
      : `${rate.toFixed(0)} requests/s`;
  const sentence =
    `Scaled to this machine: ${load} for ${count(factor, 'LiteLLM worker')} on ${count(machine.cores, 'core')}: ` +
    `about ${share} % of the capacity (some ${CAPACITY_PER_WORKER} requests/s a worker), ` +
    'so that the figures show the overhead and not a queue.';
  return { scenario: { ...base, arrival }, sentence };
}

function scaled(arrival: Scenario['arrival'], factor: number): Scenario['arrival'] {
  if ('open' in arrival) return { open: { ...arrival.open, rate: arrival.open.rate * factor } };
  return { closed: { ...arrival.closed, users: arrival.closed.users * factor } };
}

function requestsPerSecond(arrival: Scenario['arrival']): number {
  if ('open' in arrival) return arrival.open.rate;
  return arrival.closed.users / (meanThinkTime(arrival.closed.thinkTime) + ANSWER_SECONDS);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
