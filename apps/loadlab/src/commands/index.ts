import { doctor } from './doctor';
import { review } from './review';

/** Every command, in the order of the help page. */
export const commands = [doctor, review] as const;
