import { existsSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@loadlab/foundation';
import { generateLoad } from '../../src/generator/generate-load';
import type { Measurement } from '../../src/measurement/measurement';
import { mergeRecords } from '../../src/record/merge-records';
import { readRecord } from '../../src/record/record-file';
import type { LoadRequest } from '../../src/run/load-generator';
import {
  type RunEvent,
  type RunOptions,
  type RunOutcome,
  runLoadTest,
  type RunSurroundings,
} from '../../src/run/run-load-test';
import { type ApiServer, apiServer, respond } from './api-server';
import { guide, syntheticContext, syntheticMeasurement } from './synthetic-run';

const folder = mkdtempSync(join(tmpdir(), 'loadlab-run-'));
const servers: ApiServer[] = [];
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all(servers.map((server) => server.close()));
});

async function server(...options: Parameters<typeof apiServer>): Promise<ApiServer> {
  const started = await apiServer(...options);
  servers.push(started);
  return started;
}

const completion = {
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
};

let runs = 0;
const freshFolder = (): string => join(folder, `run-${++runs}`, 'results');

/** A load generator that answers at once, with a measurement of its own for each round. */
function fakeGenerator(change: (request: LoadRequest, call: number) => Partial<Measurement> = () => ({})) {
  const calls: LoadRequest[] = [];
  const generateLoad = (request: LoadRequest): Promise<Measurement> => {
    calls.push(request);
    const startedAt = new Date(Date.UTC(2026, 10, 23, 12, calls.length)).toISOString();
    const gateway = !request.target.endsWith('/direct');
    const seconds = 2;
    request.onProgress?.({ elapsedSeconds: 1, phase: 'window', rate: 1, p50Us: 1, p99Us: 1, errors: 0, inFlight: 0 });
    const measurement = syntheticMeasurement({
      seed: calls.length,
      seconds,
      startedAt,
      gateway,
      tail: gateway ? 4 : 1,
    });
    return Promise.resolve({ ...measurement, ...change(request, calls.length) });
  };
  return { calls, generateLoad };
}

async function run(
  options: Partial<RunOptions> & Pick<RunOptions, 'target'>,
  surroundings: Partial<RunSurroundings> = {},
): Promise<RunOutcome> {
  let ids = 0;
  const { loadlab, node, machine } = syntheticContext().provenance;
  return runLoadTest(
    {
      scenario: { ...guide, slo: { p50: 0.2 }, timeout: 5 },
      scenarioFile: 'guide.yaml',
      out: freshFolder(),
      ...options,
    },
    {
      generateLoad: fakeGenerator().generateLoad,
      variables: {},
      provenance: { loadlab, node, machine },
      now: () => new Date('2026-11-23T12:00:00Z'),
      newId: () => `id-${++ids}`,
      ...surroundings,
    },
  );
}

async function refusal(running: Promise<unknown>): Promise<string> {
  const error: unknown = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof InputError) return error.message;
  throw new Error(`not refused: ${String(error)}`);
}

describe('a run', () => {
  it('leaves a record that can be read, and its pages', async () => {
    const { url } = await server();
    const { folder: path, files, exitCode, record } = await run({ target: `${url}/v1/` });
    expect({ files, exitCode }).toEqual({
      files: ['result.json', 'report.html', 'report.md', 'junit.xml'],
      exitCode: 0,
    });
    expect(readdirSync(path).sort()).toEqual([...files].sort());
    expect(readRecord(join(path, 'result.json'))).toEqual(record);
    expect(record).toMatchObject({ target: url, id: 'id-1', provenance: { seed: 1, litellmVersion: '1.108.7' } });
  });

  it('sends one probe request of the scenario before the load', async () => {
    const { url, seen } = await server();
    await run({ target: url });
    const posts = seen.filter(({ path }) => path === '/v1/chat/completions');
    expect(posts).toHaveLength(1);
    expect(JSON.parse(posts[0]!.body)).toMatchObject({ model: 'fake-openai-endpoint', max_tokens: 16 });
  });

  it('measures an idle round trip for the generator', async () => {
    const { url } = await server();
    const generator = fakeGenerator();
    const { record } = await run({ target: url }, generator);
    expect(generator.calls[0]!.idleRoundTripUs).toBeGreaterThan(0);
    expect(record!.provenance.idleRoundTripUs).toBe(generator.calls[0]!.idleRoundTripUs);
  });

  it('exits 1 when an objective is missed and 2 when it is invalid', async () => {
    const { url } = await server();
    const missed = await run({ target: url, scenario: { ...guide, slo: { p50: 0.01 } } });
    const busy = fakeGenerator(() => ({ generator: { ...syntheticMeasurement({ cpu: 0.95 }).generator } }));
    expect([missed.exitCode, (await run({ target: url }, busy)).exitCode]).toEqual([1, 2]);
  });

  it('goes on with a warning when the target fails the probe as a load would', async () => {
    const { url } = await server({
      complete: (response) => respond(response, 503, { error: { message: 'overloaded' } }),
    });
    const events: RunEvent[] = [];
    const { exitCode } = await run({ target: url, onEvent: (event) => events.push(event) });
    expect(exitCode).toBe(0);
    expect(events[0]).toMatchObject({
      type: 'warning',
      problem: { message: 'answered 503 to the first request: overloaded' },
    });
  });

  it('goes on when a refusal was an accident', async () => {
    const { url } = await server({
      complete: (response, number) => respond(response, number === 1 ? 400 : 200, { error: 'not today' }),
    });
    expect((await run({ target: url })).exitCode).toBe(0);
  });
});

describe('with the real load generator', () => {
  it('counts what the server counted', async () => {
    const { url, seen } = await server({
      complete: (response, number) => respond(response, number % 4 === 0 ? 500 : 200, completion),
    });
    const scenario = {
      ...guide,
      arrival: { open: { rate: 200, process: 'uniform' as const, maxInFlight: 100 } },
      warmUp: 0,
      duration: 0.2,
      slo: {},
    };
    const { record, folder: path } = await run({ scenario, target: url }, { generateLoad });
    // The probe was the first request; every fourth of all failed.
    expect(seen.filter(({ path: asked }) => asked === '/v1/chat/completions')).toHaveLength(41);
    expect(record!.counts).toMatchObject({ started: 40, succeeded: 30, unfinished: 0, failed: { status5xx: 10 } });
    expect(record!.errorRate).toBe(0.25);
    expect(readRecord(join(path, 'result.json'))).toEqual(record);
  });
});

describe('rounds', () => {
  it('alternate which of a pair comes first, each pair with a seed of its own', async () => {
    const { url } = await server();
    const generator = fakeGenerator();
    const events: RunEvent[] = [];
    await run({ target: url, direct: `${url}/direct`, rounds: 3, onEvent: (event) => events.push(event) }, generator);
    const order = generator.calls.map(
      ({ target, scenario }) => `${target.endsWith('direct') ? 'direct' : 'target'} ${scenario.seed}`,
    );
    expect(order).toEqual(['direct 1', 'target 1', 'target 2', 'direct 2', 'direct 3', 'target 3']);
    expect(events.filter(({ type }) => type === 'round')).toHaveLength(6);
    expect(events.filter(({ type }) => type === 'progress')).toHaveLength(6);
  });

  it('leave a record each, which add up to the one of all', async () => {
    const { url } = await server();
    const { folder: path, files, record } = await run({ target: url, rounds: 3 });
    const singles = ['result-1.json', 'result-2.json', 'result-3.json'];
    expect(files.slice(0, 4)).toEqual([...singles, 'result.json']);
    const merged = mergeRecords(
      singles.map((file) => ({ file, record: readRecord(join(path, file)) })),
      'merged',
    );
    for (const section of ['counts', 'rate', 'latency', 'serviceTime', 'window', 'slo', 'rounds'] as const)
      expect(merged[section]).toEqual(record![section]);
  });

  it('with a direct address give the shift of each pair', async () => {
    const { url } = await server();
    const { record } = await run({ target: url, direct: `${url}/direct`, rounds: 2 });
    expect(record!.overhead!.direct).toMatchObject({ basis: 'rounds' });
    expect(record!.overhead!.direct!.pairs).toHaveLength(2);
    expect(record!.rounds!.map(({ file }) => file)).toEqual([
      'direct-1.json',
      'result-1.json',
      'result-2.json',
      'direct-2.json',
    ]);
    expect(record!.rate.boundBasis).toBe('direct');
  });
});

describe('keys and headers', () => {
  const headers = { 'x-team': 'env:TEAM', 'x-open': 'yes' };
  const scenario = { ...guide, request: { ...guide.request, headers } };
  const variables = { TARGET_KEY: 'sk-target-secret', DIRECT_KEY: 'sk-direct-secret', TEAM: 'red-team-secret' };

  it('go where they belong: nothing of the target goes to the direct address', async () => {
    const [target, direct] = [await server(), await server()];
    const generator = fakeGenerator();
    await run(
      {
        scenario,
        target: target.url,
        apiKeyEnv: 'TARGET_KEY',
        direct: direct.url,
        directApiKeyEnv: 'DIRECT_KEY',
      },
      { ...generator, variables },
    );
    const [toDirect, toTarget] = generator.calls;
    expect(toTarget).toMatchObject({
      apiKey: 'sk-target-secret',
      headers: { 'x-team': 'red-team-secret', 'x-open': 'yes' },
    });
    expect(toDirect).toMatchObject({ apiKey: 'sk-direct-secret', headers: { 'x-open': 'yes' } });
    expect(toDirect!.headers).not.toHaveProperty('x-team');
    for (const { headers: sent } of direct.seen) expect(JSON.stringify(sent)).not.toMatch(/target|red-team/);
    expect(target.seen[0]!.headers).toMatchObject({
      authorization: 'Bearer sk-target-secret',
      'x-team': 'red-team-secret',
    });
  });

  it('are in no file that a run leaves, even when the target quotes them', async () => {
    const { url } = await server();
    const quoting = fakeGenerator(() => ({
      failureSamples: [{ class: 'status4xx', message: 'no: sk-target-secret of red-team-secret', count: 1 }],
    }));
    const { folder: path } = await run({ scenario, target: url, apiKeyEnv: 'TARGET_KEY' }, { ...quoting, variables });
    for (const file of readdirSync(path)) expect(readFileSync(join(path, file), 'utf8')).not.toMatch(/-secret/);
  });

  it('are not in the words of a refusal', async () => {
    const { url } = await server({
      complete: (response, _, { headers: sent }) =>
        respond(response, 401, { error: { message: `bad ${sent.authorization}` } }),
    });
    const message = await refusal(run({ target: url, apiKeyEnv: 'TARGET_KEY' }, { variables }));
    expect(message).toContain('refused the key of TARGET_KEY (401): bad Bearer (redacted)');
    expect(message).not.toContain('secret');
  });
});

describe('bad input is refused with nothing left behind:', () => {
  const refusing = (status: number, body: object) => ({
    complete: (response: Parameters<typeof respond>[0]) => respond(response, status, body),
  });

  it.each([
    ['no URL', 'localhost:4000', /--target localhost:4000\n\s+is not a URL/],
    ['another protocol', 'ftp://127.0.0.1', /is not a URL/],
    ['credentials', 'http://me:secret@127.0.0.1:4000', /--target http:\/\/127\.0\.0\.1:4000\n\s+holds credentials/],
    ['a query', 'http://127.0.0.1:4000?key=1', /is not a base address/],
    ['nobody listening', 'http://127.0.0.1:9', /is down: .*ECONNREFUSED/],
    ['an unknown host', 'http://no-such-host.invalid', /is down: .*(ENOTFOUND|EAI_AGAIN)/],
  ])('a target with %s', async (_, target, expected) => {
    const out = freshFolder();
    const generator = fakeGenerator();
    expect(await refusal(run({ target, out }, generator))).toMatch(expected);
    expect({ started: generator.calls.length, left: existsSync(out) }).toEqual({ started: 0, left: false });
  });

  it.each([
    [
      'a key that is missing',
      refusing(401, { error: { message: 'No api key passed in.' } }),
      /wants a key \(401\): No api key passed in\./,
    ],
    [
      'a key that is missing, by LiteLLM without a database',
      refusing(500, { error: { message: 'No api key passed in.' } }),
      /wants a key \(500\)/,
    ],
    [
      'a model that it does not know',
      {
        ...refusing(400, { error: { message: 'Invalid model name passed in model=fake-openai-endpoint' } }),
        models: ['fake-openai-endpiont', 'gpt-x'],
      },
      /request\.model\s+does not know the model fake-openai-endpoint \(400\): Invalid model name.*did you mean "fake-openai-endpiont"\? it knows: fake-openai-endpiont, gpt-x/,
    ],
    [
      'any model, because it knows none',
      { ...refusing(400, {}), models: [] },
      /it knows none: is its config\.yaml mounted\?/,
    ],
    [
      'a path that it does not have',
      refusing(404, { detail: 'Not Found' }),
      /has no \/v1\/chat\/completions \(404\): Not Found/,
    ],
    [
      'a request that it refuses',
      refusing(422, { detail: 'max_tokens is too large' }),
      /refuses the request \(422\): max_tokens is too large/,
    ],
    [
      'a web page for an answer',
      {
        complete: (response: Parameters<typeof respond>[0]): void =>
          void response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Welcome</title>'),
      },
      /answers \/v1\/chat\/completions with a web page/,
    ],
    ['a certificate that nobody vouches for', { secure: true }, /TLS failed: .*self[- ]signed certificate/],
  ] as const)('a target with %s', async (_, behaviour, expected) => {
    const { url } = await server(behaviour);
    const out = freshFolder();
    expect(await refusal(run({ target: url, out }))).toMatch(expected);
    expect(existsSync(out)).toBe(false);
  });

  it('the direct address is probed too, and all problems are told at once', async () => {
    const { url } = await server(refusing(403, { error: 'no' }));
    const message = await refusal(run({ target: url, direct: 'http://127.0.0.1:9' }));
    expect(message).toMatch(/--target .*\n\s+wants a key \(403\)/);
    expect(message).toMatch(/--direct .*\n\s+is down/);
  });

  it('a folder that holds a record, which stays as it is', async () => {
    const out = freshFolder();
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'result-2.json'), 'precious');
    expect(await refusal(run({ target: 'http://127.0.0.1:9', out }))).toMatch(/holds a record already: result-2\.json/);
    expect(readFileSync(join(out, 'result-2.json'), 'utf8')).toBe('precious');
  });

  it('a folder that cannot be made', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    expect(await refusal(run({ target: 'http://127.0.0.1:9', out: join(file, 'below') }))).toMatch(
      /cannot be written to \(ENOTDIR\)/,
    );
  });

  it('an unset key, an unset header, no rounds and too many processes, all at once', async () => {
    const scenario = { ...guide, request: { ...guide.request, headers: { 'x-team': 'env:TEAM' } } };
    const message = await refusal(
      run({ scenario, target: 'http://a', apiKeyEnv: 'NO_KEY', rounds: 0, processes: 1000 }),
    );
    for (const part of ['NO_KEY is not set', 'TEAM is not set', '--rounds 0', '--processes 1000'])
      expect(message).toContain(part);
  });
});

describe('an interruption', () => {
  it('keeps what was measured, marks it partial and leaves out the other rounds', async () => {
    const { url } = await server();
    const controller = new AbortController();
    const generator = fakeGenerator((_, call) => {
      if (call < 2) return {};
      controller.abort();
      return { partial: true, windowSeconds: 1 };
    });
    const outcome = await run({ target: url, rounds: 4, signal: controller.signal }, generator);
    expect(generator.calls).toHaveLength(2);
    expect(outcome.exitCode).toBe(130);
    expect(outcome.files).toEqual([
      'result-1.json',
      'result-2.json',
      'result.json',
      'report.html',
      'report.md',
      'junit.xml',
    ]);
    expect(outcome.record!.window).toMatchObject({ partial: true, seconds: 3 });
  });

  it('between rounds marks the whole partial, though each round is complete', async () => {
    const { url } = await server();
    const controller = new AbortController();
    const generator = fakeGenerator(() => {
      controller.abort();
      return {};
    });
    const outcome = await run({ target: url, rounds: 2, signal: controller.signal }, generator);
    expect(outcome.exitCode).toBe(130);
    expect(outcome.record!.window.partial).toBe(true);
  });

  it('before the load leaves nothing', async () => {
    const { url } = await server({ complete: () => controller.abort() });
    const controller = new AbortController();
    const out = freshFolder();
    const outcome = await run({ target: url, out, signal: controller.signal });
    expect(outcome).toEqual({ folder: out, files: [], exitCode: 130 });
    expect(existsSync(out)).toBe(false);
  });
});
