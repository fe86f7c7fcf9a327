import type { DistributionSection, JudgedObjective, QuantileShift } from '../record/record-schema';

/** Whole numbers with thousands apart: `18,000`. */
export function inThousands(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}

/** Microseconds as milliseconds, or seconds from ten on: `0.39 ms`, `104.4 ms`, `1,234 ms`, `12.3 s`. */
export function inMilliseconds(microseconds: number): string {
  const milliseconds = microseconds / 1000;
  const size = Math.abs(milliseconds);
  if (size >= 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  if (size >= 1000) return `${inThousands(milliseconds)} ms`;
  return `${milliseconds.toFixed(size >= 10 || size === 0 ? 1 : 2)} ms`;
}

/** As `inMilliseconds`, with its sign: what is added, or saved. */
export function asShift(microseconds: number): string {
  return `${microseconds < 0 ? '\u2212' : '+'}${inMilliseconds(Math.abs(microseconds))}`;
}

/** A shift with its interval: `+3.97 ms (95 %: +3.90 ms to +4.03 ms)`. */
export function shiftInWords(shift: QuantileShift): string {
  return `${shift.atLeast === true ? 'at least ' : ''}${asShift(shift.shiftUs)} (95 %: ${intervalInWords(shift)})`;
}

/** The interval of a shift: `+3.90 ms to +4.03 ms`, and that it may be none at all where the interval says so. */
export function intervalInWords({ interval: [low, high] }: QuantileShift): string {
  return `${asShift(low)} to ${asShift(high)}${low <= 0 && high >= 0 ? ', so maybe none' : ''}`;
}

/** `1,170 requests/s`, `29.4 requests/s`. */
export function asRate(perSecond: number): string {
  return `${asPlainRate(perSecond)} requests/s`;
}

/** A rate without its unit, for a column that names it. */
export function asPlainRate(perSecond: number): string {
  if (perSecond === 0) return '0';
  return perSecond >= 1000 ? inThousands(perSecond) : perSecond.toFixed(perSecond >= 100 ? 0 : 1);
}

/** A fraction: `0 %`, `0.03 %`, `12.5 %`, `80 %`; never rounded to nothing or to everything. */
export function asPercent(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent < 0.01) return '< 0.01 %';
  if (percent > 99.9) return '> 99.9 %';
  return `${Number(percent.toFixed(percent < 1 ? 2 : 1))} %`;
}

/** Seconds: `0.75 s`, `30 s`, `5 min`. */
export function asDuration(seconds: number): string {
  if (seconds >= 120 && seconds % 60 === 0) return `${seconds / 60} min`;
  if (seconds < 1 && seconds > 0) return `${Number((seconds * 1000).toPrecision(3))} ms`;
  return `${Number(seconds.toPrecision(4))} s`;
}

/** A count and what is counted, in the singular or plural: `1 core`, `2 cores`. */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${inThousands(number)} ${number === 1 ? noun : plural}`;
}

type Figure = 'mean' | 'min' | 'p50' | 'p90' | 'p95' | 'p99' | 'p999' | 'max';

/** A figure of a distribution: `104.4 ms`, `at least 60.0 s` among timeouts, or why it is missing. */
export function asFigure(section: DistributionSection, figure: Figure): string {
  const value = section[figure];
  if (value === undefined) return missing(figure, section.count);
  return `${isAtLeast(section, figure) ? 'at least ' : ''}${inMilliseconds(value)}`;
}

/** Whether the truth may be above the figure, because it falls among timeouts. */
export function isAtLeast({ atLeast }: DistributionSection, figure: Figure): boolean {
  return figure !== 'min' && atLeast?.includes(figure) === true;
}

function missing(figure: Figure, count: number): string {
  if (count === 0) return 'none';
  return figure === 'p999' ? 'needs 10,000 requests' : 'needs 1,000 requests';
}

/** A limit as a person would write it: `110 ms`, `0.1 %`, `90 requests/s`. */
function asWritten(limit: number, unit: JudgedObjective['unit']): string {
  if (unit === 'share') return asPercent(limit);
  if (unit === '1/s') return `${Number(limit.toPrecision(6)).toLocaleString('en-US')} requests/s`;
  return asDuration(limit / 1e6);
}

const NAMES: Readonly<Record<string, string>> = {
  p50: 'p50 latency',
  p90: 'p90 latency',
  p95: 'p95 latency',
  p99: 'p99 latency',
  p999: 'p99.9 latency',
  ttftP50: 'p50 time to first token',
  ttftP95: 'p95 time to first token',
  gapP50: 'p50 gap between tokens',
  gapP95: 'p95 gap between tokens',
  overheadP95: 'p95 overhead (header)',
  errorRate: 'error rate',
  rate: 'achieved rate',
};

/** An objective for people: its name, what was wanted, and what was measured. */
export function objectiveInWords(judged: JudgedObjective): { name: string; wanted: string; measured: string } {
  const { objective, limit, measured, atLeast, unit, reason } = judged;
  const show = unit === 'us' ? inMilliseconds : unit === 'share' ? asPercent : asRate;
  const value = measured === undefined ? 'not measured' : `${atLeast === true ? 'at least ' : ''}${show(measured)}`;
  return {
    name: NAMES[objective] ?? objective,
    wanted: `${unit === '1/s' ? 'at least' : 'at most'} ${asWritten(limit, unit)}`,
    measured: reason === undefined ? value : `${value}: ${reason}`,
  };
}

/** `$1.05`; less than ten cents with four places. */
export function asDollars(amount: number): string {
  return `$${amount.toFixed(amount > 0 && amount < 0.1 ? 4 : 2)}`;
}

/** What is not in a cost, and where its prices are from. */
export function costBasis({
  notCounted,
  basis,
}: {
  readonly notCounted: readonly string[];
  readonly basis: string;
}): string {
  return notCounted.length === 0 ? basis : `${basis}; not counted: ${notCounted.join(', ')}`;
}
