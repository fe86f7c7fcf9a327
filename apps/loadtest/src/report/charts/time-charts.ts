import { FAILURE_CLASSES, type FailureClass } from '../../measurement/measurement';
import type { RunRecord } from '../../record/record-schema';
import { asPlainRate, asRate, inMilliseconds } from '../figures';
import { latencyAxis, linearAxis, timeAxis } from './axes';
import type { Chart, Mark, Point, Reading, Series } from './chart';
import { type Slot, slotSeconds, slotsOf } from './seconds';

const SLOTS = 240;
const TABLE_ROWS = 40;
/** A bound far above what was achieved would flatten everything below it. */
const BOUND_IN_SIGHT = 1.5;

type Timed = Pick<RunRecord, 'series' | 'window' | 'rounds' | 'rate'>;

/** The median and the p99 of the requests that completed in each moment. */
export function latencyOverTime(record: Timed): Chart {
  const slots = slotsOf(record, SLOTS);
  const shown = slots.flatMap(({ p50, p99 }) => [p50, p99].filter((value) => value !== undefined));
  const [least, most] = [Math.min(...shown, Infinity), Math.max(...shown, 0)];
  const at = (pick: (slot: Slot) => number | undefined): Point[] =>
    slots.map((slot) => ({ x: slot.second, y: pick(slot) }));
  return {
    ...timeFrame(record, slots),
    id: 'latency-over-time',
    title: 'Latency over time',
    caption: `The median and the p99 of the requests that completed, in steps of ${lengthOf(slots)}; with fewer than a hundred in a step, the p99 is the slowest.`,
    y: latencyAxis('latency', Number.isFinite(least) ? least : 1, most, { from: 0 }),
    series: [
      {
        name: 'p50 to p99',
        look: 'target',
        shape: 'area',
        silent: true,
        points: slots.map(({ second, p50, p99 }) => ({ x: second, y: p99, ...(p50 === undefined ? {} : { y0: p50 }) })),
      },
      { name: 'p99', look: 'tail', shape: 'line', points: at(({ p99 }) => p99) },
      { name: 'p50', look: 'target', shape: 'line', points: at(({ p50 }) => p50) },
    ],
    ...readable(record, ['p99', 'p50'], ({ p50, p99 }) => [p99, p50].map(latencyText)),
  };
}

/** How many requests should have started in each moment, and how many succeeded. */
export function rateOverTime(record: Timed): Chart {
  const slots = slotsOf(record, SLOTS);
  const most = Math.max(1, ...slots.flatMap(({ offered, achieved }) => [offered, achieved]));
  const { littlesBound } = record.rate;
  const inSight = littlesBound !== undefined && littlesBound < BOUND_IN_SIGHT * most;
  const bound: Mark[] = inSight
    ? [{ axis: 'y', value: littlesBound, label: `Little's bound ${asRate(littlesBound)}` }]
    : [];
  const frame = timeFrame(record, slots);
  return {
    ...frame,
    id: 'rate-over-time',
    title: 'Offered and achieved rate',
    caption: `Requests that should have started, and successes that completed, in steps of ${lengthOf(slots)}. Where achieved stays below offered, requests fail or pile up.`,
    y: linearAxis('requests/s', inSight ? Math.max(most, littlesBound) : most, asTick),
    marks: [...(frame.marks ?? []), ...bound],
    series: [
      {
        name: 'offered',
        look: 'offered',
        shape: 'dashed',
        points: slots.map(({ second, offered }) => ({ x: second, y: offered })),
      },
      {
        name: 'achieved',
        look: 'target',
        shape: 'line',
        points: slots.map(({ second, achieved }) => ({ x: second, y: achieved })),
      },
    ],
    ...readable(record, ['offered', 'achieved'], ({ offered, achieved }) => [offered, achieved].map(asRate)),
  };
}

/** Failures of each class in each moment, one on top of the other; undefined when nothing failed. */
export function failuresOverTime(record: Timed): Chart | undefined {
  const slots = slotsOf(record, SLOTS / 2);
  const classes = FAILURE_CLASSES.filter((name) => slots.some(({ failedByClass }) => (failedByClass[name] ?? 0) > 0));
  if (classes.length === 0) return undefined;
  const most = Math.max(...slots.map((slot) => below(slot, classes, classes.length)));
  return {
    ...timeFrame(record, slots),
    id: 'failures-over-time',
    title: 'Failures by class',
    caption: `Failures as they happened, by their class, one on top of the other, in steps of ${lengthOf(slots)}.`,
    y: linearAxis('failures/s', most, asTick),
    series: classes.map((name, index): Series => ({
      name,
      look: `failure-${name}`,
      shape: 'bars',
      points: slots.map((slot) => ({
        x: slot.second,
        y0: below(slot, classes, index),
        y: below(slot, classes, index + 1),
      })),
    })),
    ...readable(record, classes, ({ failedByClass }) =>
      classes.map((name) => `${asPlainRate(failedByClass[name] ?? 0)}/s`),
    ),
  };
}

/** Failures per second of the first so many classes. */
function below({ failedByClass }: Slot, classes: readonly FailureClass[], count: number): number {
  return classes.slice(0, count).reduce((sum, name) => sum + (failedByClass[name] ?? 0), 0);
}

function timeFrame({ rounds }: Timed, slots: readonly Slot[]): Pick<Chart, 'x' | 'marks'> {
  const end = (slots.at(-1)?.second ?? 0) + slotSeconds(slots);
  const count = rounds?.filter(({ kind }) => kind === 'target').length ?? 1;
  return { x: timeAxis(end, count), marks: roundMarks(count, end) };
}

/** Where one round ends and the next begins; rounds are equally long. */
function roundMarks(count: number, end: number): Mark[] {
  if (count < 2) return [];
  return Array.from({ length: count }, (_, round) => ({
    axis: 'x' as const,
    value: (end * round) / count,
    label: `round ${round + 1}`,
  }));
}

/** The readout for every slot, and a table that is short enough to be read. */
function readable(
  record: Timed,
  head: readonly string[],
  texts: (slot: Slot) => string[],
): Pick<Chart, 'readings' | 'table'> {
  const atSecond = ({ second }: Slot, length: number): string =>
    length > 1 ? `${second} to ${second + length} s` : `${second} s`;
  const slots = slotsOf(record, SLOTS);
  const rows = slotsOf(record, TABLE_ROWS);
  const readings = slots.map((slot): Reading => ({
    x: slot.second,
    title: atSecond(slot, slotSeconds(slots)),
    texts: texts(slot),
  }));
  return {
    readings,
    table: { head: ['time', ...head], rows: rows.map((slot) => [atSecond(slot, slotSeconds(rows)), ...texts(slot)]) },
  };
}

function lengthOf(slots: readonly Slot[]): string {
  const seconds = slotSeconds(slots);
  return seconds > 1 ? `${seconds} seconds` : 'one second';
}

function latencyText(value: number | undefined): string {
  return value === undefined ? '\u2013' : inMilliseconds(value);
}

function asTick(value: number): string {
  return value.toLocaleString('en-US');
}
