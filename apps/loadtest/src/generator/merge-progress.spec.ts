import type { Glance } from '../engine/engine';
import { ProgressMerger } from './merge-progress';

const glance = (elapsedMs: number, changes: Partial<Glance> = {}): Glance => ({
  elapsedMs,
  phase: 'window',
  succeeded: 0,
  failed: 0,
  inFlight: 0,
  latencies: [],
  ...changes,
});

describe('the progress of several processes', () => {
  it('waits until each has told once', () => {
    const merger = new ProgressMerger(2);
    merger.add(0, glance(100));
    expect(merger.progress()).toBeUndefined();
    merger.add(1, glance(100));
    expect(merger.progress()).toMatchObject({ elapsedSeconds: 0.1, phase: 'window' });
  });

  it('sums what is counted, and takes percentiles of all latencies together', () => {
    const merger = new ProgressMerger(2);
    merger.add(0, glance(0));
    merger.add(1, glance(0));
    merger.progress();
    merger.add(0, glance(500, { succeeded: 90, failed: 1, inFlight: 3, latencies: [1_000, 90] }));
    merger.add(1, glance(500, { succeeded: 10, failed: 2, inFlight: 4, latencies: [50_000, 10] }));
    const progress = merger.progress();
    expect(progress).toMatchObject({ rate: 200, errors: 3, inFlight: 7 });
    expect((progress?.p50Us ?? 0) / 1_000).toBeCloseTo(1, 1);
    expect((progress?.p99Us ?? 0) / 1_000).toBeCloseTo(50, 0);
  });

  it('speaks of the last second, not of the whole run', () => {
    const merger = new ProgressMerger(1);
    for (let look = 0; look <= 20; look += 1) {
      merger.add(
        0,
        glance(look * 250, { succeeded: look <= 10 ? look * 25 : 250, latencies: look <= 10 ? [1_000, 25] : [] }),
      );
      const progress = merger.progress();
      if (look === 10) expect(progress?.rate).toBe(100);
      if (look === 20) expect(progress).toMatchObject({ rate: 0, p50Us: 0 });
    }
  });
});
