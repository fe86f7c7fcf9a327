import type { EncodedHistogram } from '../../src/measurement/measurement';
import { MicrosecondHistogram } from '../../src/recorder/microsecond-histogram';

/** An encoded histogram of these values, in microseconds. */
export function encodeValues(microseconds: Iterable<number>, digits: 2 | 3 = 3): EncodedHistogram {
  const histogram = new MicrosecondHistogram(digits);
  for (const value of microseconds) histogram.record(value);
  return histogram.encode();
}
