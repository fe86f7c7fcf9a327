import { doctor } from './doctor';
import { local } from './local';
import { report } from './report';
import { review } from './review';
import { run } from './run';
import { validate } from './validate';

/** Every command, in the order of the help page. */
export const commands = [run, report, validate, local, doctor, review] as const;
