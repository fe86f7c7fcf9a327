import { encodeValues } from '../../test/report/encode-values';
import { syntheticMeasurement } from '../../test/report/synthetic-run';
import type { Measurement } from '../measurement/measurement';
import { reasonsForDistrust } from './judge-validity';

const measurement = syntheticMeasurement({ seconds: 10 });
const withGenerator = (change: Partial<Measurement['generator']>): Measurement => ({
  ...measurement,
  generator: { ...measurement.generator, ...change },
});
const late = encodeValues([...Array<number>(980).fill(500), ...Array<number>(20).fill(14_000)]);

describe('a measurement is distrusted', () => {
  it.each([
    ['not at all when all is well', measurement, 'open', []],
    ['not at 80 % of a core', withGenerator({ cpu: 0.8 }), 'open', []],
    ['above 80 % of a core', withGenerator({ cpu: 0.93 }), 'closed', ['used 93 % of a core']],
    [
      'when open arrivals were late',
      withGenerator({ dispatchLag: late }),
      'open',
      ['14.0 ms or more after their time'],
    ],
    ['not when users were late', withGenerator({ dispatchLag: late }), 'closed', []],
    [
      'when a process was lost',
      withGenerator({ lostProcesses: 1, processes: 4 }),
      'closed',
      ['1 of 4 generator processes'],
    ],
    [
      'when the counts do not close',
      { ...measurement, counts: { ...measurement.counts, started: measurement.counts.started + 3 } },
      'closed',
      ['1003 requests were started, and 1000 accounted for'],
    ],
    [
      'when requests are unfinished without an interruption',
      { ...measurement, counts: { ...measurement.counts, succeeded: 990, unfinished: 10 } },
      'closed',
      ['10 requests neither finished nor timed out'],
    ],
    [
      'not for what an interruption left unfinished',
      { ...measurement, partial: true, counts: { ...measurement.counts, succeeded: 990, unfinished: 10 } },
      'closed',
      [],
    ],
    ['not because the target is at its cap', withGenerator({ capHit: true }), 'open', []],
    ['not because the target fails', syntheticMeasurement({ failing: { status5xx: 1 } }), 'open', []],
  ] as const)('%s', (_, subject, arrival, expected) => {
    const reasons = reasonsForDistrust(subject, arrival);
    expect(reasons).toHaveLength(expected.length);
    for (const [index, words] of expected.entries()) expect(reasons[index]).toContain(words);
  });

  it('for every reason at once', () => {
    expect(reasonsForDistrust(withGenerator({ cpu: 0.9, lostProcesses: 1, dispatchLag: late }), 'open')).toHaveLength(
      3,
    );
  });
});
