import type { Measurement, SeriesSecond } from '../measurement/measurement';
import { mergeProcesses } from '../measurement/merge-measurements';

/**
 * Rounds that ran one after another as one measurement: counters and histograms are added as those of processes are, but
 * windows are laid end to end, and the processes of one round are those of the next. Joining in any grouping gives the same
 * figures; only the series keeps the order.
 */
export function joinRounds(rounds: readonly Measurement[]): Measurement {
  const [first, ...others] = rounds;
  if (first === undefined) throw new Error('no round to join');
  return others.reduce(joinTwo, first);
}

function joinTwo(left: Measurement, right: Measurement): Measurement {
  const merged = mergeProcesses([
    { ...left, series: [] },
    { ...right, series: [] },
  ]);
  const processes = Math.max(left.generator.processes, right.generator.processes);
  return {
    ...merged,
    windowSeconds: left.windowSeconds + right.windowSeconds,
    generator: { ...merged.generator, processes },
    series: endToEnd(left, right),
  };
}

/** Seconds of the windows alone: a drain would lie on top of the next round's start. */
function endToEnd(left: Measurement, right: Measurement): SeriesSecond[] {
  const offset = Math.ceil(left.windowSeconds);
  const inWindow = ({ series, windowSeconds }: Measurement): SeriesSecond[] =>
    series.filter(({ second }) => second >= 0 && second < windowSeconds);
  return [...inWindow(left), ...inWindow(right).map((entry) => ({ ...entry, second: entry.second + offset }))];
}
