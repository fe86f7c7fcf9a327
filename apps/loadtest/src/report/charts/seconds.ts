import { type EncodedHistogram, FAILURE_CLASSES, type FailureClass } from '../../measurement/measurement';
import { sumOf, bucketAtQuantile, decodeDistribution } from '../../record/distribution';
import { optional } from '../../record/optional';
import type { RunRecord } from '../../record/record-schema';

/** One or several seconds of a run together; rates per second. */
export interface Slot {
  /** Where it begins, in seconds since the window began. */
  readonly second: number;
  readonly offered: number;
  readonly achieved: number;
  readonly failedByClass: Readonly<Partial<Record<FailureClass, number>>>;
  readonly p50?: number;
  readonly p99?: number;
}

type Second = RunRecord['series'][number];

/** The seconds of the window in at most so many slots of equal length: histograms are added, nothing is averaged. */
export function slotsOf({ series, window }: Pick<RunRecord, 'series' | 'window'>, most: number): Slot[] {
  const inWindow = series.filter(({ second }) => second >= 0 && second < window.seconds);
  const length = Math.max(1, Math.ceil(inWindow.length / most));
  return Array.from({ length: Math.ceil(inWindow.length / length) }, (_, index) =>
    slotOf(inWindow.slice(index * length, (index + 1) * length)),
  );
}

/** How many seconds a slot has. */
export function slotSeconds(slots: readonly Slot[]): number {
  return (slots[1]?.second ?? 1) - (slots[0]?.second ?? 0);
}

function slotOf(seconds: readonly Second[]): Slot {
  const perSecond = (count: (second: Second) => number): number =>
    seconds.reduce((sum, second) => sum + count(second), 0) / seconds.length;
  const failing = FAILURE_CLASSES.map(
    (name) => [name, perSecond(({ failedByClass }) => failedByClass?.[name] ?? 0)] as const,
  );
  return {
    second: seconds[0]?.second ?? 0,
    offered: perSecond(({ started }) => started),
    achieved: perSecond(({ succeeded }) => succeeded),
    failedByClass: Object.fromEntries(failing.filter(([, rate]) => rate !== 0)),
    ...percentiles(seconds.flatMap(({ latency }) => latency ?? [])),
  };
}

function percentiles(histograms: readonly EncodedHistogram[]): { p50?: number; p99?: number } {
  if (histograms.length === 0) return {};
  const distribution = decodeDistribution(sumOf(histograms));
  const [p50, p99] = [0.5, 0.99].map((quantile) => bucketAtQuantile(distribution, quantile)?.high);
  return { ...optional('p50', p50), ...optional('p99', p99) };
}
