import { InputError } from '@loadlab/foundation';
import { UsageError } from './usage-error';

/** Exit codes of every command. Where several apply: DEFECT, BAD_INPUT, INTERRUPTED, INVALID, MISSED. */
export const ExitCode = { DONE: 0, MISSED: 1, INVALID: 2, BAD_INPUT: 3, DEFECT: 70, INTERRUPTED: 130 } as const;

/** A user's mistake is bad input; whatever else is thrown is a defect of ours. */
export function exitCodeOf(error: unknown): number {
  return error instanceof InputError || error instanceof UsageError ? ExitCode.BAD_INPUT : ExitCode.DEFECT;
}
