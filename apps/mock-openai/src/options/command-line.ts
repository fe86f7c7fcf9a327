import { didYouMean, InputError, type Problem } from '@loadlab/foundation';
import yargs from 'yargs';
import { version } from '../../package.json';
import { defaultValues, type FlagName, type MockOptions, optionsSchema, refusal } from './mock-options';

const descriptions: Readonly<Record<FlagName, string>> = {
  host: 'Address to listen at; :: is every one, IPv4 too',
  port: 'Port to listen at; 0 takes a free one',
  latency: 'From request to JSON answer; with a sigma, the median',
  'latency-sigma': 'Sigma of the log-normal of latencies; 0 makes them constant',
  ttft: 'From request to the first token of a stream',
  gap: 'Between tokens of a stream',
  tokens: 'Tokens of an answer, unless the request caps them',
  'error-rate': 'Share of requests that fail',
  'error-status': 'HTTP status of those',
  'rate-limit': 'Requests before 429, over all workers, in bursts of at most a second; 0/s is no limit',
  workers: 'Processes that answer',
  seed: 'Same seed, same latencies and errors',
};

const flagNames = Object.keys(defaultValues) as FlagName[];

/** `latency-sigma` -> `MOCK_LATENCY_SIGMA`. */
function variableOf(flag: string): string {
  return `MOCK_${flag.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * Reads flags and `MOCK_*` variables; a flag beats its variable, an empty variable counts as absent. `print` receives `--help` and `--version`.
 * @returns the options, or undefined when the user only asked for help or the version
 * @throws {InputError} with all problems of flags and variables
 */
export function readCommandLine(
  argv: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void,
): MockOptions | undefined {
  const parsed = parseFlags(argv, print);
  if (parsed === undefined) return undefined;
  const problems: Problem[] = [...parsed.words.map(strayWord), ...misspeltVariables(variables)];
  const given: Partial<Record<FlagName, string>> = {};
  const places: Partial<Record<FlagName, string>> = {};
  for (const flag of flagNames) {
    const text = variables[variableOf(flag)];
    if (text === undefined || text === '') continue;
    given[flag] = text;
    places[flag] = variableOf(flag);
  }
  for (const [name, value] of parsed.flags) {
    const flag = flagNames.find((known) => known === name);
    if (flag === undefined) problems.push(unknownFlag(name));
    else if (typeof value !== 'string') problems.push(problem(`--${name}`, 'is given more than once', 'give it once'));
    else if (value === '') problems.push(problem(`--${name}`, 'needs a value', `such as ${defaultValues[flag]}`));
    else {
      given[flag] = value;
      places[flag] = `--${name}`;
    }
  }
  const options = optionsSchema.safeParse({ ...defaultValues, ...given });
  for (const issue of options.error?.issues ?? []) {
    const flag = issue.path[0] as FlagName;
    problems.push(problem(places[flag] ?? `--${flag}`, refusal(issue.message, given[flag])));
  }
  if (problems.length > 0 || options.data === undefined) throw new InputError(problems);
  return options.data;
}

interface ParsedLine {
  readonly flags: readonly (readonly [name: string, value: unknown])[];
  readonly words: readonly string[];
}

/** The line as written, unknown flags too; undefined when help or the version was printed instead. */
function parseFlags(argv: readonly string[], print: (text: string) => void): ParsedLine | undefined {
  const printed: string[] = [];
  const parsed = commandLine().parseSync([...argv], (_error: unknown, _argv: unknown, output: string) => {
    if (output !== '') printed.push(output);
  });
  if (printed.length > 0) {
    printed.forEach(print);
    return undefined;
  }
  const { _: words, $0: _command, ...flags } = parsed;
  return { flags: Object.entries(flags), words: words.map(String) };
}

function commandLine(): ReturnType<typeof yargs> {
  let parser = yargs()
    .scriptName('mock-openai')
    .usage('$0 [flags]\n\nAn OpenAI-compatible upstream that answers on a known schedule.')
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'boolean-negation': false,
      'parse-numbers': false,
      'short-option-groups': false,
    })
    .version(version)
    .help()
    .exitProcess(false)
    .example('$0 --port 8090 --latency 250ms --latency-sigma 0.3', 'a slower upstream with a long tail')
    .example('$0 --rate-limit 50/s --workers 2', '429 above 50 requests a second')
    .epilog(
      'Each flag is also a variable: MOCK_LATENCY=250ms; the flag wins.\n' +
        'One request overrides them by its model: "mock;latency=250ms;tokens=32;status=429".\n' +
        'Durations 250ms 1.5s 5m; rates 500/s 30/m; shares 0.1%.',
    );
  // No defaults here: yargs could not tell them from flags, and a flag must beat its variable.
  for (const flag of flagNames) {
    parser = parser.option(flag, {
      type: 'string',
      description: descriptions[flag],
      defaultDescription: defaultValues[flag],
    });
  }
  return parser;
}

function strayWord(word: string): Problem {
  const likely = didYouMean(word.split('=')[0] ?? word, flagNames);
  return problem(
    word,
    'is not a flag, and nothing else is expected',
    likely === undefined ? 'see --help' : `did you mean "--${likely}"?`,
  );
}

function unknownFlag(name: string): Problem {
  const likely = didYouMean(name, flagNames);
  return problem(
    name.length === 1 ? `-${name}` : `--${name}`,
    'unknown flag',
    likely === undefined ? 'see --help' : `did you mean "--${likely}"?`,
  );
}

/** Other programs have MOCK_* variables too: only a name close to one of ours is a mistake. */
function misspeltVariables(variables: Readonly<Record<string, string | undefined>>): Problem[] {
  const known = flagNames.map(variableOf);
  return Object.keys(variables)
    .filter((name) => name.startsWith('MOCK_') && !known.includes(name))
    .flatMap((name) => {
      const likely = didYouMean(name.slice('MOCK_'.length), flagNames);
      return likely === undefined ? [] : [problem(name, 'unknown variable', `did you mean "${variableOf(likely)}"?`)];
    });
}

function problem(path: string, message: string, hint?: string): Problem {
  return { file: 'mock-openai', path, message, ...(hint === undefined ? {} : { hint }) };
}
