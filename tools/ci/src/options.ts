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
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const flag = FLAGS[token.name as keyof typeof FLAGS] as { type: string } | undefined;
    if (flag === undefined) {
      const likely = didYouMean(token.name, Object.keys(FLAGS));
      fail(
        `--${token.name}`,
        'unknown flag',
        likely === undefined ? `known: ${Object.keys(FLAGS).join(', ')}` : `did you mean --${likely}?`,
      );
    } else if (flag.type === 'string' && (token.value === undefined || token.value === ''))
      fail(`--${token.name}`, 'wants a value', `--${token.name} VALUE`);
  }
  const [word = '', ...rest] = positionals;
  const command = COMMANDS.find((candidate) => candidate === word);
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
