import type { RunRecord } from '../record/record-schema';
import { meanThinkTime } from '../scenario/expected-requests';
import { asDuration, asFigure, asRate, counted, inMilliseconds, inThousands } from './figures';

/** LiteLLM's published benchmark: https://docs.litellm.ai/docs/benchmarks, "4 instances". Times in microseconds. */
export const PUBLISHED = {
  source: 'https://docs.litellm.ai/docs/benchmarks',
  users: 1000,
  thinkTime: { min: 0.5, max: 1 },
  promptBytes: 16_350,
  tasks: 4,
  workersPerTask: 4,
  cpuPerTask: 4,
  latency: { p50: 100_000, p95: 150_000, p99: 240_000, mean: 111_730 },
  rate: 1170,
  overhead: { p50: 2_000, p95: 8_000, p99: 13_000 },
} as const;

/** A figure of this run beside the published one. */
export interface Beside {
  readonly name: string;
  readonly measured: string;
  readonly published: string;
}

const PERCENTILES = ['p50', 'p95', 'p99'] as const;

/** Every figure that the published benchmark has, beside this run's. */
export function besidePublished({ latency, rate, overhead }: RunRecord): Beside[] {
  return [
    ...PERCENTILES.map((name) => ({
      name: `latency ${name}`,
      measured: asFigure(latency, name),
      published: `${PUBLISHED.latency[name] / 1000} ms`,
    })),
    { name: 'rate', measured: asRate(rate.achieved), published: asRate(PUBLISHED.rate) },
    ...PERCENTILES.map((name) => ({
      name: `overhead ${name} (header)`,
      measured: overhead?.header === undefined ? 'no header came' : asFigure(overhead.header, name),
      published: `${PUBLISHED.overhead[name] / 1000} ms`,
    })),
  ];
}

/** What the published users could ask for at most: Little's law, with the published mean latency. */
export function publishedBound(): number {
  return PUBLISHED.users / (meanThinkTime(PUBLISHED.thinkTime) + PUBLISHED.latency.mean / 1e6);
}

/** Why this run's figures may differ from the published ones: each a difference in what was run, none a guess. */
export function whyTheyMayDiffer({ scenario, target, provenance }: RunRecord): string[] {
  const { arrival, request } = scenario;
  const { gateway, machine } = provenance;
  const reasons: string[] = [];
  if ('open' in arrival)
    reasons.push(
      `arrivals are open here (${asRate(arrival.open.rate)}), and ${inThousands(PUBLISHED.users)} users there`,
    );
  else {
    const { users, thinkTime } = arrival.closed;
    if (users !== PUBLISHED.users)
      reasons.push(`${counted(users, 'user')} here, ${inThousands(PUBLISHED.users)} there`);
    if (meanThinkTime(thinkTime) !== meanThinkTime(PUBLISHED.thinkTime))
      reasons.push(
        `a mean think time of ${meanThinkTime(thinkTime)} s here, ${meanThinkTime(PUBLISHED.thinkTime)} s there`,
      );
  }
  const workers = PUBLISHED.tasks * PUBLISHED.workersPerTask;
  if (gateway === undefined)
    reasons.push(`${workers} workers there; how many stand behind this target is not known here`);
  else if (gateway.tasks * gateway.workersPerTask !== workers)
    reasons.push(`${counted(gateway.tasks * gateway.workersPerTask, 'LiteLLM worker')} here, ${workers} there`);
  if (isLoopback(target))
    reasons.push(
      `generator, gateway and upstream share ${counted(machine.cores, 'core')} here (${machine.cpu}); ` +
        `${PUBLISHED.tasks * PUBLISHED.cpuPerTask} vCPU for the gateway alone there`,
    );
  if (request.stream) reasons.push('answers are streamed here');
  if (!('bytes' in request.prompt) || request.prompt.bytes !== PUBLISHED.promptBytes)
    reasons.push(`other prompts here than the ${inThousands(PUBLISHED.promptBytes)} bytes there`);
  return reasons;
}

/** What the published rate says, and what it does not. */
export function aboutThePublishedRate(): string {
  return (
    `The published ${inThousands(PUBLISHED.rate)} requests/s are what ${inThousands(PUBLISHED.users)} users with 0.5 to 1 s of think time ` +
    `can ask for (Little's law: ${inThousands(publishedBound())}/s), not what the gateway could do.`
  );
}

/** Where Little's bound of this run comes from; undefined when arrivals are open, which have none. */
export function aboutTheBound({ scenario: { arrival }, rate, direct, serviceTime }: RunRecord): string | undefined {
  if ('open' in arrival || rate.littlesBound === undefined) return undefined;
  const { users, thinkTime } = arrival.closed;
  const answer =
    rate.boundBasis === 'direct' && direct?.latency.p50 !== undefined
      ? `${inMilliseconds(direct.latency.p50)} to answer past the gateway`
      : `the fastest 1 % of answers${serviceTime === undefined ? '' : ` (at best ${asFigure(serviceTime, 'min')})`}`;
  return (
    `${counted(users, 'user')} can ask for at most ${asRate(rate.littlesBound)} here: ` +
    `${users} / (${asDuration(meanThinkTime(thinkTime))} to think + ${answer}).`
  );
}

function isLoopback(address: string): boolean {
  return URL.canParse(address) && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(address).hostname);
}
