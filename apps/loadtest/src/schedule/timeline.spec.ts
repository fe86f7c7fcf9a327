import type { Scenario } from '../scenario/scenario';
import { firstStartMs, rampUpMs } from './ramp-up';
import { drawThinkTimeMs } from './think-time';
import { inWindow, phaseAt, timelineOf } from './timeline';

function scenario(arrival: Scenario['arrival']): Scenario {
  return {
    name: 'any',
    arrival,
    warmUp: 3,
    duration: 10,
    timeout: 60,
    request: { path: '/v1/chat/completions', model: 'm', prompt: { text: 'x' }, stream: false, headers: {} },
    seed: 1,
    slo: {},
  };
}

const closed = (rampUp?: number): Scenario['arrival'] => ({
  closed: { users: 100, thinkTime: { min: 0, max: 0 }, ...(rampUp === undefined ? {} : { rampUp }) },
});
const open: Scenario['arrival'] = { open: { rate: 5, process: 'poisson', maxInFlight: 10 } };

describe('the phases of a run', () => {
  it.each([
    [
      'users that come within a second by default',
      closed(),
      { rampedUpMs: 1_000, windowStartMs: 4_000, windowEndMs: 14_000 },
    ],
    ['users that come at a rate', closed(20), { rampedUpMs: 5_000, windowStartMs: 8_000, windowEndMs: 18_000 }],
    ['open arrivals, which have no ramp-up', open, { rampedUpMs: 0, windowStartMs: 3_000, windowEndMs: 13_000 }],
  ])('are, for %s', (_, arrival, expected) => {
    expect(timelineOf(scenario(arrival))).toEqual(expected);
  });

  it('follow one another without a gap', () => {
    const timeline = timelineOf(scenario(closed()));
    const phases = [0, 999.9, 1_000, 3_999.9, 4_000, 13_999.9, 14_000].map((time) => phaseAt(timeline, time));
    expect(phases).toEqual(['rampUp', 'rampUp', 'warmUp', 'warmUp', 'window', 'window', 'drain']);
  });

  it('hold the window open at its start and closed at its end', () => {
    const timeline = timelineOf(scenario(open));
    expect([2_999.999, 3_000, 12_999.999, 13_000].map((time) => inWindow(timeline, time))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('users', () => {
  it('come evenly spaced over the ramp-up', () => {
    expect([0, 1, 2, 3].map((user) => firstStartMs(user, 4, undefined))).toEqual([0, 250, 500, 750]);
    expect([0, 1, 2, 3].map((user) => firstStartMs(user, 4, 2))).toEqual([0, 500, 1_000, 1_500]);
    expect(rampUpMs(4, 2)).toBe(2_000);
  });

  it.each([
    [0, 500],
    [0.5, 750],
    [0.999, 999.5],
  ])('think uniformly between the two times: draw %d gives %d ms', (draw, expected) => {
    expect(drawThinkTimeMs({ min: 0.5, max: 1 }, () => draw)).toBeCloseTo(expected, 9);
  });
});
