import { loadScenario } from './load-scenario';
import { scaleToMachine } from './scale-to-machine';

describe('the laptop scenario, scaled to a machine', () => {
  const base = loadScenario('laptop').scenario;

  it.each([
    { cores: 2, workers: 1, users: 25 },
    { cores: 8, workers: 4, users: 100 },
    { cores: 2, workers: 4, users: 50 },
  ])('has $users users for $workers workers on $cores cores', ({ cores, workers, users }) => {
    expect(scaleToMachine(base, { cores, workers }).scenario.arrival).toMatchObject({ closed: { users } });
  });

  it('says what it did, and why', () => {
    expect(scaleToMachine(base, { cores: 2, workers: 1 }).sentence).toBe(
      'Scaled to this machine: 25 users, about 29 requests/s, for 1 LiteLLM worker on 2 cores: about 48 % of the ' +
        'capacity (some 60 requests/s a worker), so that the figures show the overhead and not a queue.',
    );
  });

  it('takes less than two minutes of load in eight rounds', () => {
    const { arrival, warmUp, duration } = base;
    const rampUp = 'closed' in arrival ? arrival.closed.users / (arrival.closed.rampUp ?? arrival.closed.users) : 0;
    expect(8 * (rampUp + warmUp + duration)).toBeLessThan(120);
  });

  it('scales an open rate likewise', () => {
    const scenario = { ...base, arrival: { open: { rate: 30, process: 'poisson', maxInFlight: 100 } } } as const;
    expect(scaleToMachine(scenario, { cores: 4, workers: 2 }).scenario.arrival).toMatchObject({ open: { rate: 60 } });
  });
});
