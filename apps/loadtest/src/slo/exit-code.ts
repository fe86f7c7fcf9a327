import { EXIT, type ExitCode, foremostExitCode } from '@loadlab/foundation';
import type { RunRecord } from '../record/record-schema';

/** What a finished run exits with: interrupted before invalid before an objective missed. */
export function exitCodeOf(record: Pick<RunRecord, 'window' | 'validity' | 'slo'>): ExitCode {
  return foremostExitCode([
    ...(record.window.partial ? [EXIT.interrupted] : []),
    ...(record.validity.valid ? [] : [EXIT.invalid]),
    ...(record.slo.every(({ met }) => met) ? [] : [EXIT.objectiveMissed]),
  ]);
}
