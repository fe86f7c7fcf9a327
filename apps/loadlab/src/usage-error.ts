import { didYouMean } from '@loadlab/foundation';
import type { Command } from './command';

/** A command line that does not fit: a misspelt command or flag, a missing argument. */
export class UsageError extends Error {}

/** yargs says it with the singular or the plural, and lists the words. */
const UNKNOWN = /^Unknown arguments?: (.+)$/;

/** What was wrong with the command line, the likely word for a misspelt one, and where help is. */
export function explainUsage(error: UsageError, args: readonly string[], commands: readonly Command[]): string {
  const command = commands.find((candidate) => nameOf(candidate) === args.find((word) => !word.startsWith('-')));
  const help = `loadlab ${command === undefined ? '' : `${nameOf(command)} `}--help`;
  const unknown = UNKNOWN.exec(error.message)?.[1]?.split(', ') ?? [];
  const lines =
    unknown.length > 0
      ? distinct(unknown).map((word) => explainUnknown(word, args, command, commands))
      : [error.message];
  return `${lines.map((line) => `loadlab: ${line}`).join('\n')}\n${help} shows what is allowed. Nothing was started.\n`;
}

function explainUnknown(
  word: string,
  args: readonly string[],
  command: Command | undefined,
  commands: readonly Command[],
): string {
  const isFlag = args.some(
    (argument) => argument === `--${word}` || argument.startsWith(`--${word}=`) || argument === `-${word}`,
  );
  const known = isFlag ? flagsOf(command) : commands.map(nameOf);
  const likely = didYouMean(word, known);
  const dashes = isFlag ? '--' : '';
  const hint =
    likely === undefined
      ? `; known: ${known.map((name) => dashes + name).join(', ')}`
      : `; did you mean ${dashes}${likely}?`;
  return `unknown ${isFlag ? 'flag' : command === undefined ? 'command' : 'argument'} ${dashes}${word}${isFlag || command === undefined ? hint : ''}`;
}

function nameOf(command: Command): string {
  return command.command.split(' ')[0] ?? '';
}

function flagsOf(command: Command | undefined): string[] {
  return [...Object.keys(command?.builder ?? {}), 'help', 'version'];
}

/** yargs names a flag twice, as typed and in camel case. */
function distinct(words: readonly string[]): string[] {
  const fold = (word: string): string => word.replace(/-/g, '').toLowerCase();
  return words.filter((word, index) => words.findIndex((other) => fold(other) === fold(word)) === index);
}
