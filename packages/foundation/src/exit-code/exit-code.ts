/** Exit codes of every command. */
export const EXIT = {
  done: 0,
  /** An objective was missed, a policy denies, a comparison is worse. */
  objectiveMissed: 1,
  /** The run cannot be trusted; of a plan: there are changes. */
  invalid: 2,
  /** Bad input or configuration: nothing was started. */
  badInput: 3,
  /** A defect of ours. */
  defect: 70,
  /** What was measured is kept, marked partial. */
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
