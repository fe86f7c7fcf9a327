import type { RunRecord } from '../record/record-schema';

/** Exit codes of every command. */
export const EXIT = {
  done: 0,
  objectiveMissed: 1,
  invalid: 2,
  badInput: 3,
  defect: 70,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Which counts when several apply: the first. */
const PRECEDENCE: readonly ExitCode[] = [
  EXIT.defect,
  EXIT.badInput,
  EXIT.interrupted,
  EXIT.invalid,
  EXIT.objectiveMissed,
  EXIT.done,
];

/** The one exit code of a command to which all of these apply. */
export function foremostExitCode(codes: readonly ExitCode[]): ExitCode {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.done;
}

/** What a finished run exits with: interrupted before invalid before an objective missed. */
export function exitCodeOf(record: Pick<RunRecord, 'window' | 'validity' | 'slo'>): ExitCode {
  return foremostExitCode([
    ...(record.window.partial ? [EXIT.interrupted] : []),
    ...(record.validity.valid ? [] : [EXIT.invalid]),
    ...(record.slo.every(({ met }) => met) ? [] : [EXIT.objectiveMissed]),
  ]);
}
