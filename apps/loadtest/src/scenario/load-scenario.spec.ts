import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@loadlab/foundation';
import { loadScenario } from './load-scenario';
import { shippedScenarios } from './shipped-scenarios';

const folder = mkdtempSync(join(tmpdir(), 'loadlab-scenario-'));
afterAll(() => rmSync(folder, { recursive: true }));

const minimal = {
  name: 'mine',
  arrival: { closed: { users: 10 } },
  duration: '1m',
  request: { model: 'any', prompt: { text: 'Hello' } },
};

function written(content: unknown, name = 'scenario.yaml'): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function problemsOf(load: () => unknown): string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof InputError)
      return error.problems.map(
        ({ path, message, hint }) => `${path}: ${message}${hint === undefined ? '' : ` -> ${hint}`}`,
      );
    throw error;
  }
  return [];
}

describe('a scenario file', () => {
  it('gets every default', () => {
    expect(loadScenario(written(minimal)).scenario).toEqual({
      name: 'mine',
      arrival: { closed: { users: 10, thinkTime: { min: 0, max: 0 } } },
      warmUp: 0,
      duration: 60,
      timeout: 60,
      request: { path: '/v1/chat/completions', model: 'any', prompt: { text: 'Hello' }, stream: false, headers: {} },
      seed: 1,
      slo: {},
    });
  });

  it('reads units: durations as seconds, rates per second, shares as fractions', () => {
    const { scenario } = loadScenario(
      written({
        ...minimal,
        arrival: { open: { rate: '30/m', process: 'uniform' } },
        warmUp: '250ms',
        duration: '1h',
        slo: { p95: '160ms', errorRate: '0.1%', rate: '1100/s' },
      }),
    );
    expect(scenario).toMatchObject({
      arrival: { open: { rate: 0.5, process: 'uniform', maxInFlight: 10_000 } },
      warmUp: 0.25,
      duration: 3600,
      slo: { p95: 0.16, errorRate: 0.001, rate: 1100 },
    });
  });

  it('takes one duration for the think time', () => {
    const scenario = written({ ...minimal, arrival: { closed: { users: 1, thinkTime: '2s' } } });
    expect(loadScenario(scenario).scenario.arrival).toEqual({ closed: { users: 1, thinkTime: { min: 2, max: 2 } } });
  });

  it('reports every problem at once', () => {
    const problems = problemsOf(() =>
      loadScenario(written({ ...minimal, duration: '0s', timeot: '5s', arrival: { closed: { users: 0 } } })),
    );
    expect(problems).toEqual([
      'arrival.closed.users: 0 is too small: at least 1',
      'duration: the window must be longer than 0 s',
      'timeot: unknown key -> did you mean "timeout"?',
    ]);
  });

  const request = minimal.request;
  it.each([
    ['two arrivals', { arrival: { closed: { users: 1 }, open: { rate: '1/s' } } }, 'arrival: exactly one of closed'],
    ['no arrival', { arrival: {} }, 'arrival: exactly one of closed'],
    ['half a user', { arrival: { closed: { users: 0.5 } } }, 'arrival.closed.users: '],
    [
      'think times upside down',
      { arrival: { closed: { users: 1, thinkTime: { min: '2s', max: '1s' } } } },
      'arrival.closed.thinkTime: min is longer than max',
    ],
    ['a rate of zero', { arrival: { open: { rate: '0/s' } } }, 'arrival.open.rate: must be above 0/s'],
    ['a number for a rate', { arrival: { open: { rate: 5 } } }, 'arrival.open.rate: must be a rate such as'],
    ['a number for a duration', { warmUp: 30 }, 'warmUp: must be a duration such as 250ms, 1.5s, 5m or 1h, not 30'],
    ['a wrong unit', { duration: '5min' }, 'duration: must be a duration such as'],
    ['an hour and more of timeout', { timeout: '2h' }, 'timeout: the timeout may last at most 1 h'],
    ['a share above all', { slo: { errorRate: '200%' } }, 'slo.errorRate: must be a share'],
    ['no prompt', { request: { ...request, prompt: {} } }, 'request.prompt: exactly one of bytes, text, file'],
    [
      'two kinds of prompt',
      { request: { ...request, prompt: { bytes: 100, text: 'x' } } },
      'request.prompt: exactly one of bytes, text, file must be given, not bytes and text',
    ],
    [
      'order without a file',
      { request: { ...request, prompt: { text: 'x', order: 'shuffled' } } },
      'request.prompt.order: goes only with file',
    ],
    [
      'a unique prompt too short to be unique',
      { request: { ...request, prompt: { bytes: 10 } } },
      'request.prompt.bytes: 10 bytes cannot be unique',
    ],
    ['a path that is an address', { request: { ...request, path: 'http://x/v1' } }, 'request.path: '],
    ['token objectives without streaming', { slo: { ttftP50: '1s' } }, 'slo.ttftP50: needs request.stream: true'],
    ['no model', { request: { prompt: { text: 'x' } } }, 'request.model: is required and missing'],
    ['a seed below zero', { seed: -1 }, 'seed: -1 is too small'],
  ])('refuses %s', (_, change, expected) => {
    const problems = problemsOf(() => loadScenario(written({ ...minimal, ...change })));
    expect(problems).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    ['Authorization', 'Bearer abc', 'holds a credential written out'],
    ['x-api-key', 'abc', 'holds a credential written out'],
    ['X-Harmless', 'sk-abcdefgh', 'holds a credential written out'],
    ['Content-Length', '4', 'is set by the load generator itself'],
    ['x-team', 'env:', 'must name a variable'],
    ['no such header', 'x', 'is not a header name'],
    ['x-lines', 'a\r\nb: c', 'has a line break'],
  ])('refuses the header %s: %s', (name, value, expected) => {
    const scenario = { ...minimal, request: { ...request, headers: { [name]: value } } };
    expect(problemsOf(() => loadScenario(written(scenario)))).toEqual([expect.stringContaining(expected)]);
  });

  it('wants the variables that its headers name, when it is told which there are', () => {
    const file = written({ ...minimal, request: { ...request, headers: { 'x-team': 'env:TEAM' } } });
    expect(problemsOf(() => loadScenario(file))).toEqual([]);
    expect(problemsOf(() => loadScenario(file, { variables: { TEAM: 'red' } }))).toEqual([]);
    expect(problemsOf(() => loadScenario(file, { variables: {} }))).toEqual([
      'request.headers.x-team: the environment variable TEAM is not set -> export TEAM=…',
    ]);
  });

  it('warns of an objective that the window is too short to judge', () => {
    const file = written({ ...minimal, arrival: { open: { rate: '10/s' } }, slo: { p99: '1s' } });
    expect(loadScenario(file).warnings).toEqual([
      expect.objectContaining({ path: 'slo.p99', severity: 'warning', line: 1 }),
    ]);
  });
});

describe('a prompt file', () => {
  const withPrompts = (lines: string): string => {
    written(lines, 'prompts.jsonl');
    return written({ ...minimal, request: { ...minimal.request, prompt: { file: './prompts.jsonl' } } });
  };

  it('is found next to the scenario and read line by line', () => {
    expect(loadScenario(withPrompts('"one"\n\n{"prompt":"two"}\n')).prompts).toEqual(['one', 'two']);
  });

  it('is refused with every line that holds no prompt', () => {
    expect(() => loadScenario(withPrompts('"one"\nnot json\n{"text":"two"}\n""\n'))).toThrow(
      /line 2\s+is not JSON\n\s+line 3\s+is neither a string nor an object with a "prompt"\n\s+line 4/,
    );
  });

  it.each([
    ['is missing', { file: './nope.jsonl' }, /nope\.jsonl\n\s+no such file/],
    ['has no prompt', { file: './empty.jsonl' }, /holds no prompt/],
  ])('is refused when it %s', (_, prompt, expected) => {
    written('\n', 'empty.jsonl');
    const file = written({ ...minimal, request: { ...minimal.request, prompt } });
    expect(() => loadScenario(file)).toThrow(expected);
  });
});

describe('overrides', () => {
  it('replace values, with their units', () => {
    const set = ['arrival.closed.users=50', 'slo.p99=300ms', 'request.stream=true', 'request.headers.x-team=red'];
    expect(loadScenario(written(minimal), { set }).scenario).toMatchObject({
      arrival: { closed: { users: 50 } },
      slo: { p99: 0.3 },
      request: { stream: true, headers: { 'x-team': 'red' } },
    });
  });

  it('can go from closed to open arrivals', () => {
    const set = ['arrival.closed=', 'arrival.open.rate=50/s'];
    expect(loadScenario(written(minimal), { set }).scenario.arrival).toEqual({
      open: { rate: 50, process: 'poisson', maxInFlight: 10_000 },
    });
  });

  it.each([
    ['arrival.closed.usrs=3', 'arrival.closed.usrs: unknown key -> did you mean "users"?'],
    ['colour=red', 'colour: unknown key -> allowed: name'],
    ['seed.deep=1', 'seed.deep: nothing lies below seed'],
    ['__proto__.polluted=1', '__proto__: unknown key'],
    ['users', ': "users" is not path=value'],
    ['duration=5', 'duration: must be a duration'],
  ])('refuses %s', (set, expected) => {
    expect(problemsOf(() => loadScenario(written(minimal), { set: [set] }))).toEqual([
      expect.stringContaining(expected),
    ]);
  });

  it('are blamed by their flag, not by the file', () => {
    expect(() => loadScenario(written(minimal), { set: ['arrival.closed.users=0'] })).toThrow(
      /^--set\n\s+arrival\.closed\.users\s+0 is too small/,
    );
  });
});

describe('shipped scenarios', () => {
  it('are these', () => {
    expect(shippedScenarios()).toEqual(['direct', 'guide', 'laptop', 'open', 'smoke', 'streaming']);
  });

  it.each(shippedScenarios())('%s loads without a warning of its own', (name) => {
    const { scenario, warnings } = loadScenario(name);
    expect(scenario.name).toBe(name);
    expect(warnings).toEqual([]);
  });

  it('suggest the likely name', () => {
    expect(problemsOf(() => loadScenario('giude'))).toEqual([
      ': is neither a file nor a shipped scenario -> did you mean "guide"?',
    ]);
  });

  it('hold the guide to the published load', () => {
    expect(loadScenario('guide').scenario).toMatchObject({
      arrival: { closed: { users: 1000, thinkTime: { min: 0.5, max: 1 }, rampUp: 500 } },
      request: { prompt: { bytes: 16_350, unique: true } },
    });
  });
});
