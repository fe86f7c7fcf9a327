import { parseArgs } from 'node:util';
import { didYouMean, InputError, type Problem } from '@loadlab/foundation';

/** What CI does. */
export const COMMANDS = ['pr', 'apply', 'drift', 'reap', 'waves'] as const;
export type Command = (typeof COMMANDS)[number];

/** The halves of a pull request's job: the checks need no credentials, the review does. */
const HALVES = ['checks', 'review'] as const;

/** What was asked for on the command line. */
export interface Options {
  readonly command: Command;
  /** Work on the account whose credentials are there. @default - the rehearsal's offline AWS */
  readonly aws: boolean;
  /** Environments by name. @default - all whose states lie in a remote backend */
  readonly environments: readonly string[];
  /** What a pull request is compared with. @default - NX_BASE, else main */
  readonly base: string | undefined;
  /** @default - both halves */
  readonly only: (typeof HALVES)[number] | undefined;
  /** Plans, as a review printed them. */
  readonly approved: readonly Approval[];
  /** Take expired environments down, instead of only saying so. */
  readonly destroy: boolean;
}

/** A plan that a person approved. */
export interface Approval {
  readonly environment: string;
  readonly stack: string;
  /** The digest of its manifest. */
  readonly plan: string;
}

const FLAGS = {
  aws: { type: 'boolean', default: false },
  rehearse: { type: 'boolean', default: false },
  environment: { type: 'string', multiple: true, default: [] as string[] },
  base: { type: 'string' },
  only: { type: 'string' },
  approved: { type: 'string', multiple: true, default: [] as string[] },
  destroy: { type: 'boolean', default: false },
} as const;

type Flag = keyof typeof FLAGS;

/** What each command takes beside where it works: a flag that would do nothing is a mistake. */
const OWN: Readonly<Record<Command, readonly Flag[]>> = {
  pr: ['base', 'only'],
  apply: ['approved'],
  drift: [],
  reap: ['destroy'],
  waves: [],
};
/** `waves` only looks at what lies here. */
const flagsOf = (command: Command): readonly Flag[] =>
  command === 'waves' ? ['environment'] : ['environment', 'aws', 'rehearse', ...OWN[command]];

/** Reads a command line. @throws {InputError} with everything that is wrong with it */
export function readOptions(args: readonly string[]): Options {
  const problems: Problem[] = [];
  const fail = (path: string, message: string, hint: string): void =>
    void problems.push({ file: 'ci', path, message, hint });
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: FLAGS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const [word = '', ...rest] = positionals;
  const command = COMMANDS.find((candidate) => candidate === word);
  const known = command === undefined ? (Object.keys(FLAGS) as Flag[]) : flagsOf(command);
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const problem = flagProblem(token, known);
    if (problem !== undefined) fail(`--${token.name}`, ...problem);
  }
  if (command === undefined) fail(word, 'is nothing that CI does', COMMANDS.join(', '));
  if (rest.length > 0) fail(rest.join(' '), 'is one word too many', 'flags start with --');
  if (values.aws === true && values.rehearse === true)
    fail('--rehearse', 'and --aws exclude each other', 'one of them');
  const only = HALVES.find((candidate) => candidate === values.only);
  if (values.only !== undefined && only === undefined)
    fail('--only', `is not "${String(values.only)}"`, HALVES.join(', '));
  const approved = readApprovals(texts(values.approved), fail);
  if (command === undefined || problems.length > 0) throw new InputError(problems);
  return {
    command,
    aws: values.aws === true,
    environments: texts(values.environment),
    base: typeof values.base === 'string' ? values.base : undefined,
    only,
    approved,
    destroy: values.destroy === true,
  };
}

/** What is wrong with a flag, and what would be right; undefined when nothing is. */
function flagProblem(
  { name, value }: { readonly name: string; readonly value: string | undefined },
  known: readonly Flag[],
): [string, string] | undefined {
  const flag = (Object.keys(FLAGS) as Flag[]).find((candidate) => candidate === name);
  const all = `known: ${known.map((candidate) => `--${candidate}`).join(', ')}`;
  if (flag === undefined) {
    const likely = didYouMean(name, known);
    return ['unknown flag', likely === undefined ? all : `did you mean --${likely}?`];
  }
  if (!known.includes(flag)) return ['does nothing here', all];
  if (FLAGS[flag].type === 'boolean')
    return value === undefined ? undefined : [`takes no value, and has "${value}"`, `--${flag}`];
  // The next flag is no value: `--environment --aws` would rehearse what was meant for an account.
  return value === undefined || value === '' || value.startsWith('-')
    ? ['wants a value', `--${flag} VALUE`]
    : undefined;
}

function readApprovals(
  words: readonly string[],
  fail: (path: string, message: string, hint: string) => void,
): Approval[] {
  return words
    .flatMap((text) => text.split(/[\s,]+/))
    .filter((text) => text !== '')
    .flatMap((word) => {
      const [, environment, stack, plan] = /^([a-z][a-z0-9-]*)\/([a-z][a-z0-9-]*)=([0-9a-f]{64})$/.exec(word) ?? [];
      if (environment !== undefined && stack !== undefined && plan !== undefined) return [{ environment, stack, plan }];
      fail('--approved', `"${word}" names no plan`, 'ENVIRONMENT/STACK=64 hexadecimal digits, as the review says');
      return [];
    });
}

/** Without strictness a flag that lacks its value reads as true. */
function texts(values: unknown): string[] {
  return Array.isArray(values) ? values.filter((value): value is string => typeof value === 'string') : [];
}
