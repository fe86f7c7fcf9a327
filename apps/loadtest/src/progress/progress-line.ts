import type { Progress } from '../run/load-generator';
import { asRate, counted, inMilliseconds } from '../report/figures';

const PHASES: Readonly<Record<Progress['phase'], string>> = {
  rampUp: 'ramp-up',
  warmUp: 'warm-up',
  window: 'measuring',
  drain: 'draining',
};

/**
 * Where a run is, in one line of at most so many columns; what does not fit is left out, the least needed first. `where` names
 * the round, such as `2/8 target`, and is empty when there is only one.
 */
export function progressLine(progress: Progress, where: string, columns: number): string {
  const { elapsedSeconds, phase, rate, p50Us, p99Us, errors, inFlight } = progress;
  const parts = [
    ...(where === '' ? [] : [where]),
    `${elapsedSeconds.toFixed(0)} s`,
    PHASES[phase],
    asRate(rate),
    ...(p50Us > 0 ? [`p50 ${inMilliseconds(p50Us)}`, `p99 ${inMilliseconds(p99Us)}`] : []),
    counted(errors, 'error'),
    `${inFlight} in flight`,
  ];
  while (parts.length > 1 && width(parts) > columns) parts.pop();
  return parts.join(SEPARATOR).slice(0, columns);
}

const SEPARATOR = '  ';

function width(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + part.length, SEPARATOR.length * (parts.length - 1));
}
