import { EXIT, InputError, type ExitCode } from '@loadlab/foundation';
import { UsageError } from './usage-error';

/** A user's mistake is bad input; whatever else is thrown is a defect of ours. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof InputError || error instanceof UsageError ? EXIT.badInput : EXIT.defect;
}
