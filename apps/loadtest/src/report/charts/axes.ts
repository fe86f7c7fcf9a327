import { scaleLinear, scaleLog } from 'd3-scale';
import { asDuration } from '../figures';
import type { Axis } from './chart';

/** Beyond this ratio a linear axis would show the large values only. */
const RATIO_FOR_LOG = 15;

/** How to choose the ends of a linear axis. */
interface Ends {
  /** Where it begins. @default - 0 */
  readonly from?: number;
  /** About how many labels it gets. @default - 5 */
  readonly ticks?: number;
  /** Ends where the values end, and not at round numbers beyond them. @default - false */
  readonly exact?: boolean;
}

/** A linear axis that holds the largest value. */
export function linearAxis(
  title: string,
  largest: number,
  label: (value: number) => string,
  { from = 0, ticks = 5, exact = false }: Ends = {},
): Axis {
  const scale = scaleLinear().domain([from, largest > from ? largest : from + 1]);
  if (!exact) scale.nice(ticks);
  const [low = 0, high = 1] = scale.domain();
  return {
    title,
    kind: 'linear',
    domain: [low, high],
    ticks: scale.ticks(ticks).map((value) => ({ value, label: label(value) })),
  };
}

/** An axis for latencies in microseconds: linear and close around them, or logarithmic when they lie orders of magnitude apart. */
export function latencyAxis(title: string, smallest: number, largest: number, ends: Ends = {}): Axis {
  if (largest > RATIO_FOR_LOG * Math.max(1, smallest)) return logAxis(title, smallest, largest);
  return linearAxis(title, largest, labelled(largest), { from: smallest, ...ends });
}

/** A logarithmic axis over whole powers of ten, labelled at 1, 2 and 5 where there is room for it. */
export function logAxis(title: string, smallest: number, largest: number): Axis {
  const low = 10 ** Math.floor(Math.log10(Math.max(1, smallest)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(low * 10, largest)));
  const decades = Math.round(Math.log10(high / low));
  const leading = decades <= 2 ? /^[125]/ : /^1/;
  return {
    title,
    kind: 'log',
    domain: [low, high],
    ticks: scaleLog()
      .domain([low, high])
      .ticks()
      .filter((value) => leading.test(value.toExponential()))
      .map((value) => ({ value, label: asDuration(value / 1e6) })),
  };
}

/** Seconds since the window began, or minutes where there are many; `rounds` follow one another. */
export function timeAxis(seconds: number, rounds: number): Axis {
  const inMinutes = seconds > 300;
  const unit = inMinutes ? 60 : 1;
  const ticks = scaleLinear()
    .domain([0, Math.max(1, seconds) / unit])
    .ticks(12)
    .filter(Number.isInteger);
  return {
    title: `${inMinutes ? 'minutes' : 'seconds'} ${rounds > 1 ? 'measured, round after round' : 'into the window'}`,
    kind: 'linear',
    domain: [0, Math.max(1, seconds)],
    ticks: ticks.map((value) => ({ value: value * unit, label: String(value) })),
  };
}

/** Latencies in one unit for the whole axis. */
function labelled(largestUs: number): (microseconds: number) => string {
  if (largestUs >= 1e6) return (value) => `${Number((value / 1e6).toPrecision(4))} s`;
  if (largestUs >= 1e3) return (value) => `${Number((value / 1e3).toPrecision(4))} ms`;
  return (value) => `${value} \u00b5s`;
}
