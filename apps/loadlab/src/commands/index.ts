import type { CommandModule } from 'yargs';
import { doctor } from './doctor';

/** Every command, in the order of the help page. */
export const commands: readonly CommandModule[] = [doctor];
