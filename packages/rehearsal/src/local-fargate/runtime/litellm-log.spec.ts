import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { liteLlmFailedStart, liteLlmLastWords } from './litellm-log';

/** Written by LiteLLM 1.108.7; repeated stack frames are left out. */
const log = (name: string): string =>
  readFileSync(join(__dirname, '../../../test/local-fargate/litellm-logs', `${name}.log`), 'utf8');

describe('liteLlmFailedStart', () => {
  it.each([
    [
      'no-master-key-one-worker',
      'LiteLLM proxy refused to start: no master key is set, so every request would be accepted without authentication.',
    ],
    [
      'no-master-key-two-workers',
      'LiteLLM proxy refused to start: no master key is set, so every request would be accepted without authentication.',
    ],
    ['wrong-shape', "AttributeError: 'str' object has no attribute 'items'"],
    ['missing-callback', 'ImportError: Could not import handler from no_such_module'],
  ])('%s: %s', (name, reason) => {
    expect(liteLlmFailedStart(log(name))).toBe(reason);
  });

  it('knows it before the server gives its dead workers up', () => {
    const [soFar = ''] = log('no-master-key-two-workers').split('INFO:     Waiting for child process');
    expect(liteLlmFailedStart(soFar)).toMatch(/no master key is set/);
  });

  it('sees nothing wrong in a start that goes well', () => {
    expect(liteLlmFailedStart(log('healthy'))).toBeUndefined();
  });
});

describe('liteLlmLastWords', () => {
  it.each([
    [
      'broken-yaml',
      /^yaml\.parser\.ParserError: while parsing a flow node\n.*\n {2}in "badyaml\.yaml", line 2, column 1$/,
    ],
    ['no-config', /^Exception: Config file not found: nofile\.yaml$/],
    ['unknown-flag', /^Error: No such option '--prot'\. \(Did you mean one of: '--host', '--port'\?\)$/],
    ['port-taken', /\('127\.0\.0\.1', 18444\): address already in use$/],
    ['wrong-shape', /^AttributeError/],
  ])('%s: %s', (name, words) => {
    expect(liteLlmLastWords(log(name))).toMatch(words);
  });

  it('never quotes an advertisement', () => {
    const advertisement = log('healthy')
      .split('\n')
      .filter((line) => !line.startsWith('INFO'))
      .join('\n');
    expect(liteLlmLastWords(advertisement)).not.toMatch(/Thank you|Feedback|#/);
  });

  it('has nothing to say about an empty log', () => {
    expect(liteLlmLastWords('\n\n')).toBeUndefined();
  });
});
