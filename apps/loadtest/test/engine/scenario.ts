import type { Scenario } from '../../src/scenario/scenario';

/** What a test changes about the usual scenario. */
export interface ScenarioChanges extends Partial<Omit<Scenario, 'request'>> {
  readonly request?: Partial<Scenario['request']>;
}

/** 20 requests, evenly spaced over 0.1 s: the number of requests is known exactly, however busy the machine is. */
export function scenario({ request, ...changes }: ScenarioChanges = {}): Scenario {
  return {
    name: 'test',
    arrival: { open: { rate: 200, process: 'uniform', maxInFlight: 1_000 } },
    warmUp: 0,
    duration: 0.1,
    timeout: 10,
    seed: 1,
    slo: {},
    ...changes,
    request: {
      path: '/v1/chat/completions',
      model: 'fake',
      prompt: { bytes: 100, unique: true },
      stream: false,
      headers: {},
      ...request,
    },
  };
}

/** Users without think time; how many requests they make depends on the target. */
export function closed(users: number, thinkSeconds = 0): Scenario['arrival'] {
  return { closed: { users, thinkTime: { min: thinkSeconds, max: thinkSeconds }, rampUp: users * 10 } };
}
