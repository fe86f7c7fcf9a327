import type { EncodedHistogram } from '../measurement/measurement';
import { samplesNeeded } from '../scenario/expected-requests';
import { bucketAtQuantile, decodeDistribution, type Distribution, meanOf, rankOf } from './distribution';
import { optional } from './optional';
import type { DistributionSection } from './record-schema';

/** The quantiles that a record names, with the samples that each needs to be worth showing. */
export const QUANTILES = [
  { name: 'p50', quantile: 0.5, samples: 1 },
  { name: 'p90', quantile: 0.9, samples: 1 },
  { name: 'p95', quantile: 0.95, samples: 1 },
  { name: 'p99', quantile: 0.99, samples: samplesNeeded.p99 },
  { name: 'p999', quantile: 0.999, samples: samplesNeeded.p999 },
] as const;

type Figure = NonNullable<DistributionSection['atLeast']>[number];

/**
 * The percentiles of a histogram, as a record shows them. `censored` is how many samples are timeouts, entered at the limit;
 * undefined where there can be none.
 */
export function describeDistribution(histogram: EncodedHistogram, censored?: number): DistributionSection {
  const distribution = decodeDistribution(histogram);
  const { count, buckets } = distribution;
  const atLeast = censored === undefined ? [] : censoredFigures(distribution, censored);
  return {
    unit: 'us',
    count,
    ...optional('mean', meanOf(distribution)),
    ...optional('min', buckets[0]?.low),
    ...percentiles(distribution),
    ...optional('max', buckets.at(-1)?.high),
    ...optional('censored', censored),
    ...optional('atLeast', atLeast.length === 0 ? undefined : atLeast),
    histogram,
  };
}

/** As `describeDistribution`, but absent when there is no histogram or nothing in it. */
export function describeIfAny(histogram: EncodedHistogram | undefined): DistributionSection | undefined {
  if (histogram === undefined) return undefined;
  const section = describeDistribution(histogram);
  return section.count === 0 ? undefined : section;
}

function percentiles(distribution: Distribution): Partial<Record<(typeof QUANTILES)[number]['name'], number>> {
  return Object.fromEntries(
    QUANTILES.filter(({ samples }) => distribution.count >= samples).flatMap(({ name, quantile }) => {
      const bucket = bucketAtQuantile(distribution, quantile);
      return bucket === undefined ? [] : [[name, bucket.high]];
    }),
  );
}

/** Timeouts are the largest samples there are, so a quantile is censored when its rank is among the last `censored` ones. */
function censoredFigures({ count }: Distribution, censored: number): Figure[] {
  if (censored === 0) return [];
  const quantiles = QUANTILES.filter(
    ({ quantile, samples }) => count >= samples && rankOf(count, quantile) > count - censored,
  );
  return ['mean', ...quantiles.map(({ name }) => name), 'max'];
}
