import { randomStream, userStreams } from './random-stream';

function draws(stream: () => number, count: number): number[] {
  return Array.from({ length: count }, stream);
}

describe('the streams of a seed', () => {
  it('never change: these draws were made when schedules were first recorded', () => {
    expect(draws(randomStream(1, 'arrivals'), 3)).toMatchInlineSnapshot(`
      [
        0.5516269059277428,
        0.9171766928384073,
        0.8382188006730045,
      ]
    `);
  });

  it('differ by use and by user', () => {
    const users = userStreams(1);
    const streams = [
      randomStream(1, 'arrivals'),
      randomStream(1, 'prompts'),
      users.next().value,
      users.next().value,
      users.next().value,
    ];
    const firsts = streams.map((stream) => draws(stream, 4).join());
    expect(new Set(firsts).size).toBe(streams.length);
  });

  it('give a user the same draws whatever others draw', () => {
    const [one, other] = [userStreams(9), userStreams(9)];
    draws(one.next().value, 100);
    other.next();
    expect(draws(one.next().value, 5)).toEqual(draws(other.next().value, 5));
  });

  it.each([0, 1, 2, 4_294_967_295])('are uniform from the first draw on, seed %d', (seed) => {
    const users = userStreams(seed);
    const firsts = Array.from({ length: 20_000 }, () => users.next().value());
    const rising = firsts.toSorted((left, right) => left - right);
    const distance = rising.reduce((most, value, index) => Math.max(most, Math.abs(value - index / 20_000)), 0);
    expect(distance).toBeLessThan(1.95 / Math.sqrt(20_000));
  });
});
