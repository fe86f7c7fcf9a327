import fc from 'fast-check';
import { report, Statistics } from './statistics';

describe('the report of several workers', () => {
  const event = fc.record({
    worker: fc.nat(3),
    path: fc.constantFrom('/v1/chat/completions', '/v1/embeddings'),
    status: fc.constantFrom(200, 429, 500),
    milliseconds: fc.double({ min: 0, max: 100_000, noNaN: true }),
  });

  it('is what one worker would report that had seen it all', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 100 }), (events) => {
        const one = new Statistics(0);
        const workers = [0, 1, 2, 3].map(() => new Statistics(0));
        for (const { worker, path, status, milliseconds } of events) {
          for (const seen of [one, workers[worker] ?? one]) {
            seen.started();
            seen.answered(path, status, milliseconds);
            seen.late(milliseconds / 100);
            seen.streamed(3);
          }
        }

        const all = report(
          workers.map((worker) => worker.snapshot()),
          1000,
        );

        expect({ ...all, workers: 1 }).toEqual(report([one.snapshot()], 1000));
        expect(all.total).toBe(events.length);
      }),
      { numRuns: 30 },
    );
  });

  it('starts when the first of them started', () => {
    const all = report([new Statistics(5000).snapshot(), new Statistics(3000).snapshot()], 9000);

    expect(all).toMatchObject({ since: '1970-01-01T00:00:03.000Z', seconds: 6 });
  });

  it('takes times beyond its range for the ends of it', () => {
    const statistics = new Statistics(0);
    for (const milliseconds of [-1, 0, 10 * 3_600_000]) {
      statistics.started();
      statistics.answered('/v1/embeddings', 200, milliseconds);
    }

    const { serviceTime } = report([statistics.snapshot()], 0);
    expect(serviceTime.min).toBe(0);
    // Three significant digits of an hour.
    expect((serviceTime.max ?? 0) / 3_600_000_000).toBeCloseTo(1, 3);
  });
});
