import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { Engine, type EngineOptions } from '../../src/engine/engine';
import { machineNowMs } from '../../src/engine/pace/run-clock';
import {
  type EncodedHistogram,
  type FailureClass,
  FAILURE_CLASSES,
  type Measurement,
} from '../../src/measurement/measurement';
import type { Scenario } from '../../src/scenario/scenario';
import { WHOLE } from '../../src/schedule/share';

/** Runs a scenario from this process. */
export function measure(
  target: string,
  scenario: Scenario,
  options: Partial<EngineOptions> = {},
): Promise<Measurement> {
  const engine = new Engine({ scenario, target, idleRoundTripUs: 0, share: WHOLE, ...options });
  return engine.run(machineNowMs());
}

/** Everything that was counted, without zeros; throws unless it adds up. */
export function countsOf({
  counts,
}: Measurement): Partial<Record<FailureClass | 'started' | 'succeeded' | 'unfinished', number>> {
  const { started, succeeded, unfinished, failed } = counts;
  const failures = FAILURE_CLASSES.reduce((sum, name) => sum + failed[name], 0);
  if (started !== succeeded + failures + unfinished) throw new Error(`counts do not close: ${JSON.stringify(counts)}`);
  return Object.fromEntries(
    Object.entries({ started, succeeded, unfinished, ...failed }).filter(([, count]) => count > 0),
  );
}

/** Milliseconds at a percentile. */
export function atMs(encoded: EncodedHistogram | undefined, percentile: number): number {
  return encoded === undefined ? NaN : decodeFromCompressedBase64(encoded).getValueAtPercentile(percentile) / 1_000;
}

/** How many values a histogram holds, and how many of them are at least so long. */
export function sizeOf(encoded: EncodedHistogram | undefined, atLeastMs = 0): number {
  if (encoded === undefined) return 0;
  const histogram = decodeFromCompressedBase64(encoded);
  let count = 0;
  for (let rank = 0; rank < histogram.totalCount; rank += 1)
    if (histogram.getValueAtPercentile(((rank + 0.5) * 100) / histogram.totalCount) >= atLeastMs * 1_000) count += 1;
  return count;
}
