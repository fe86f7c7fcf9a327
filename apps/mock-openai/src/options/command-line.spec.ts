import { InputError } from '@loadlab/foundation';
import { readCommandLine } from './command-line';
import { defaultOptions } from './mock-options';

const read = (line: string, variables: Record<string, string> = {}) =>
  readCommandLine(line.split(' ').filter(Boolean), variables, () => undefined);

/** The problems of a line, as `place: message -> hint`. */
function problemsOf(line: string, variables: Record<string, string> = {}): string[] {
  try {
    read(line, variables);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(
      ({ path, message, hint }) => `${path}: ${message}${hint === undefined ? '' : ` -> ${hint}`}`,
    );
  }
  return [];
}

describe('the command line', () => {
  it('has a default for everything', () => {
    expect(read('')).toEqual(defaultOptions);
    expect(defaultOptions).toEqual({
      host: '::',
      port: 8080,
      latencySeconds: 0.1,
      latencySigma: 0,
      ttftSeconds: 0.05,
      gapSeconds: 0.01,
      tokens: 16,
      errorRate: 0,
      errorStatus: 500,
      rateLimitPerSecond: 0,
      workers: 1,
      seed: 1,
    });
  });

  const all = {
    '--host 127.0.0.1': { host: '127.0.0.1' },
    '--port 0': { port: 0 },
    '--latency 1.5s': { latencySeconds: 1.5 },
    '--latency-sigma 0.25': { latencySigma: 0.25 },
    '--ttft=20ms': { ttftSeconds: 0.02 },
    '--gap 500us': { gapSeconds: 0.0005 },
    '--tokens 300': { tokens: 300 },
    '--error-rate 2.5%': { errorRate: 0.025 },
    '--error-status 429': { errorStatus: 429 },
    '--rate-limit 30/m': { rateLimitPerSecond: 0.5 },
    '--workers 4': { workers: 4 },
    '--seed 7': { seed: 7 },
  };

  it.each(Object.entries(all))('takes %s', (line, expected) => {
    expect(read(line)).toMatchObject(expected);
  });

  it.each(Object.entries(all))('takes %s from a variable, too', (line, expected) => {
    const [flag = '', value = ''] = line.split(/[ =]/);
    const variable = `MOCK_${flag.slice(2).toUpperCase().replace('-', '_')}`;

    expect(read('', { [variable]: value })).toMatchObject(expected);
  });

  it('lets a flag beat its variable, and an empty variable count as absent', () => {
    expect(read('--tokens 5', { MOCK_TOKENS: '9', MOCK_PORT: '' })).toMatchObject({ tokens: 5, port: 8080 });
  });

  it('does not mind the MOCK_ variables of others', () => {
    expect(read('', { MOCK_OPENAI_URL: 'http://mock', MOCK_SERVICE_WORKER: '1' })).toEqual(defaultOptions);
  });

  it.each([
    ['--latancy 5ms', '--latancy: unknown flag -> did you mean "--latency"?'],
    ['--whatever', '--whatever: unknown flag -> see --help'],
    ['-p 80', '-p: unknown flag -> see --help'],
    ['latency=5ms', 'latency=5ms: is not a flag, and nothing else is expected -> did you mean "--latency"?'],
    ['--no-ttft', '--no-ttft: unknown flag -> did you mean "--ttft"?'],
    ['--port 1 --port 2', '--port: is given more than once -> give it once'],
    ['--gap', '--gap: needs a value -> such as 10ms'],
    ['--latency 100', '--latency: must be a duration such as 250ms, 1.5s, 5m or 1h, not "100"'],
    ['--latency=-5ms', '--latency: must be a duration such as 250ms, 1.5s, 5m or 1h, not "-5ms"'],
    ['--latency 2h', '--latency: must be at most 1h, not "2h"'],
    ['--latency-sigma 3.5', '--latency-sigma: must be a number without a unit, 0 to 3, not "3.5"'],
    ['--tokens 1.5', '--tokens: must be a number of tokens (a whole number, 1 to 32768), not "1.5"'],
    ['--error-rate 5', '--error-rate: must be a share such as 0.1% (at most 100%), not "5"'],
    ['--error-rate 120%', '--error-rate: must be a share such as 0.1% (at most 100%), not "120%"'],
    [
      '--error-status 200',
      '--error-status: must be an HTTP status of an error (a whole number, 400 to 599), not "200"',
    ],
    ['--rate-limit 50', '--rate-limit: must be a rate such as 500/s or 30/m, not "50"'],
    ['--workers 0', '--workers: must be a number of processes (a whole number, 1 to 64), not "0"'],
    ['--port 65536', '--port: must be a port (a whole number, 0 to 65535), not "65536"'],
    ['--seed 0x10', '--seed: must be a seed (a whole number, 0 to 2147483647), not "0x10"'],
    ['--host no/host', '--host: must be an address such as 127.0.0.1 or ::, not "no/host"'],
  ])('refuses %s', (line, problem) => {
    expect(problemsOf(line)).toEqual([problem]);
  });

  it('names the variable that a wrong value came from, and one that is misspelt', () => {
    expect(problemsOf('', { MOCK_LATENCY: '100', MOCK_TOKNES: '5' })).toEqual([
      'MOCK_TOKNES: unknown variable -> did you mean "MOCK_TOKENS"?',
      'MOCK_LATENCY: must be a duration such as 250ms, 1.5s, 5m or 1h, not "100"',
    ]);
  });

  it.each(['--help', '--version'])('prints with %s, and asks for nothing to be started', (line) => {
    const printed: string[] = [];

    expect(readCommandLine([line], {}, (text) => printed.push(text))).toBeUndefined();
    expect(printed.join('\n')).toMatch(line === '--help' ? /--rate-limit/ : /^\d+\.\d+\.\d+$/);
  });
});
