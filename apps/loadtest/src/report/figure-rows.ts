import type { DistributionSection, RunRecord } from '../record/record-schema';
import { failures } from '../validity/judge-validity';
import { asDollars, asFigure, asPercent, asRate, counted, inThousands, shiftInWords } from './figures';
import { type Beside, besidePublished, publishedBound } from './published-figures';

/** The figures of a run as text, each with its unit; `published` is empty where nothing was published. */
export function figureRows(record: RunRecord): Beside[] {
  const { rate, latency, overhead, timeToFirstToken, interTokenGap, tokens } = record;
  return [
    ...besidePublished(record),
    ...(rate.littlesBound === undefined
      ? []
      : [{ name: "Little's bound", measured: asRate(rate.littlesBound), published: asRate(publishedBound()) }]),
    ...distributionRow('latency p99.9', latency, 'p999'),
    ...distributionRow('time to first token p50', timeToFirstToken, 'p50'),
    ...distributionRow('time to first token p95', timeToFirstToken, 'p95'),
    ...distributionRow('gap between tokens p95', interTokenGap, 'p95'),
    ...(tokens?.perStreamPerSecond === undefined
      ? []
      : [ours('tokens of each stream p50', `${tokens.perStreamPerSecond.p50.toFixed(1)} tokens/s`)]),
    ...(['p50', 'p95', 'p99'] as const).flatMap((name) => {
      const shift = overhead?.direct?.[name];
      return shift === undefined ? [] : [ours(`overhead ${name} (against direct)`, shiftInWords(shift))];
    }),
    ...distributionRow('waiting before LiteLLM p95', overhead?.queueing, 'p95'),
    ours('errors', errorsInWords(record)),
    ...costRows(record),
  ];
}

/** What the target cost; of a laptop there is nothing to say. */
export function costRows({ cost }: Pick<RunRecord, 'cost'>): Beside[] {
  if (cost === undefined) return [];
  const { hourly, run, perMillionRequests } = cost;
  return [
    ours('cost of the deployed lab', `${asDollars(hourly)} an hour`),
    ours('cost of this run', asDollars(run)),
    ...(perMillionRequests === undefined ? [] : [ours('cost of a million requests', asDollars(perMillionRequests))]),
  ];
}

/** `12 of 18,000 requests (0.07 %)`. */
export function errorsInWords({ counts, errorRate }: Pick<RunRecord, 'counts' | 'errorRate'>): string {
  const finished = counted(counts.started - counts.unfinished, 'request');
  return `${inThousands(failures(counts))} of ${finished}${errorRate === undefined ? '' : ` (${asPercent(errorRate)})`}`;
}

function distributionRow(
  name: string,
  section: DistributionSection | undefined,
  figure: 'p50' | 'p95' | 'p999',
): Beside[] {
  return section?.[figure] === undefined ? [] : [ours(name, asFigure(section, figure))];
}

function ours(name: string, measured: string): Beside {
  return { name, measured, published: '' };
}
