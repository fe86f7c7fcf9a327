import { InputError } from '@loadlab/foundation';
import type { Options } from 'yargs';

/** Flags of every command that loads something. */
export interface LoadFlags {
  out?: string;
  set: string[];
  processes: number;
  rounds?: number;
  label: string[];
  json: boolean;
}

/** Their declarations; `rounds` has no default, since it depends on the command. */
export const loadFlags: Record<string, Options> = {
  out: {
    type: 'string',
    requiresArg: true,
    describe: 'Folder for the record and its pages (default: results/<time>-<scenario>)',
  },
  set: {
    type: 'string',
    array: true,
    nargs: 1,
    default: [],
    requiresArg: true,
    describe: 'Replace a value of the scenario: arrival.closed.users=50',
  },
  processes: {
    type: 'number',
    default: 1,
    requiresArg: true,
    describe: 'Processes of the load generator, at most one a core',
  },
  rounds: { type: 'number', requiresArg: true, describe: 'How many rounds; with direct rounds, how many pairs' },
  label: {
    type: 'string',
    array: true,
    nargs: 1,
    default: [],
    requiresArg: true,
    describe: 'Note in the record: key=value',
  },
  json: { type: 'boolean', default: false, describe: 'Print only the record' },
};

/** `['k=v']` -> `{ k: 'v' }`. @throws {InputError} with all that have no `=` */
export function labelsOf(words: readonly string[]): Record<string, string> {
  const problems = words
    .filter((word) => !/^[^=]+=/.test(word))
    .map((word) => ({ file: `--label ${word}`, path: '', message: 'is not key=value' }));
  if (problems.length > 0) throw new InputError(problems);
  return Object.fromEntries(words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]));
}
