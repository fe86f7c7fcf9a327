import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startKnownServer, complete, type KnownServer } from './known-server';
import { scenario, Workbench } from './loadlab-process';

/** Bad input: a clear message with the place, exit 3, nothing started and nothing left behind. */
jest.setTimeout(30_000);

const OPEN = 'open: { rate: 50/s, process: uniform }';
let bench: Workbench;
let healthy: KnownServer;

beforeAll(async () => {
  healthy = await startKnownServer((_, response) => complete(response));
});
afterAll(() => healthy.close());
beforeEach(() => {
  bench = new Workbench();
});
afterEach(() => bench.remove());

async function refused(text: string, ...args: string[]): Promise<string> {
  const before = healthy.received();
  const { code, stderr } = await bench.run([
    'run',
    bench.write('bad.yaml', text),
    '--target',
    healthy.url,
    '--out',
    'out',
    ...args,
  ]);
  expect({ code, stderr }).toMatchObject({ code: 3 });
  expect(stderr).not.toMatch(/\n\s+at .*:\d+/);
  expect(bench.exists('out')).toBe(false);
  expect(healthy.received()).toBe(before);
  return stderr;
}

describe('a scenario that will not do', () => {
  it.each<[string, string, RegExp]>([
    [
      'a misspelt key',
      scenario(OPEN).replace('timeout:', 'timout:'),
      /timout\s+unknown key\s+-> did you mean "timeout"/,
    ],
    ['a wrong unit', scenario(OPEN).replace('duration: 1s', 'duration: 2 parsecs'), /duration .*250ms, 1\.5s/],
    ['a number without a unit', scenario(OPEN).replace('duration: 1s', 'duration: 1'), /duration .*250ms, 1\.5s/],
    ['contradictory arrivals', scenario(`${OPEN}, closed: { users: 3 }`), /arrival .*exactly one/],
    ['no arrival', scenario('').replace('arrival: {  }', 'arrival: {}'), /arrival .*exactly one/],
    ['no users', scenario('closed: { users: 0 }'), /arrival\.closed\.users .*0/],
    ['think time upside down', scenario('closed: { users: 3, thinkTime: { min: 2s, max: 1s } }'), /thinkTime/],
    ['an empty file', '', /empty/],
    ['only comments', '# nothing\n', /no value/],
    ['a binary file', '\0\x01\x02', /binary/],
    ['not YAML', 'a: [1\nb: }', /not valid YAML/],
    [
      'a YAML bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]\n`,
      /alias/,
    ],
  ])('%s', async (_, text, words) => {
    expect(await refused(text)).toMatch(words);
  });

  it('a file of 100 MB is not even read', async () => {
    expect(await refused(`name: x${' '.repeat(100 * 1024 * 1024)}`)).toMatch(/100 MiB or more\s+-> at most/);
  });

  it('all problems at once', async () => {
    const text = scenario('closed: { users: 0 }')
      .replace('duration: 1s', 'duration: soon')
      .replace('seed: 7', 'sede: 7');
    const words = await refused(text);
    for (const place of ['arrival.closed.users', 'duration', 'sede']) expect(words).toContain(place);
    expect(words).toMatch(/3 problems/);
  });

  it('a scenario that is not there', async () => {
    const { code, stderr } = await bench.run(['run', 'nowhere.yaml', '--target', healthy.url]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/nowhere\.yaml[\s\S]*neither a file nor a shipped scenario/);
  });
});

describe('a target that will not do', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.close();
    server?.closeAllConnections();
    server = undefined;
  });

  async function answering(status: number, body: object): Promise<string> {
    server = createServer((request, response) => {
      request.resume();
      const models = request.method === 'GET' && request.url?.endsWith('/models');
      response.writeHead(models ? 200 : status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(models ? { object: 'list', data: [{ id: 'fake-openai-endpoint' }, { id: 'other' }] } : body),
      );
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function refusedBy(target: string): Promise<string> {
    const { code, stderr } = await bench.run([
      'run',
      bench.write('good.yaml', scenario(OPEN)),
      '--target',
      target,
      '--out',
      'out',
    ]);
    expect({ code, stderr }).toMatchObject({ code: 3 });
    expect(bench.exists('out')).toBe(false);
    return stderr;
  }

  it.each(['not a url', 'ftp://127.0.0.1/', 'localhost:4000'])('%s is not a target', async (target) => {
    expect(await refusedBy(target)).toMatch(/target[\s\S]*http/);
  });

  it('that is down is found before the load', async () => {
    const url = await answering(200, {});
    await new Promise((resolve) => server?.close(resolve));
    expect(await refusedBy(url)).toMatch(/refused|down/i);
  });

  it('that refuses the key says so in its own words', async () => {
    const url = await answering(401, {
      error: { message: 'Authentication Error, Invalid proxy server token passed', type: 'auth_error', code: '401' },
    });
    expect(await refusedBy(url)).toMatch(/401[\s\S]*Invalid proxy server token/);
  });

  it('that does not know the model names those it knows', async () => {
    const url = await answering(400, {
      error: {
        message:
          '/chat/completions: Invalid model name passed in model=known. Call `/v1/models` to view available models for your key.',
        type: 'None',
        code: '400',
      },
    });
    expect(await refusedBy(url)).toMatch(/Invalid model name passed in model=known[\s\S]*fake-openai-endpoint, other/);
  });
});

describe('a folder that will not do', () => {
  it('holds a record already', async () => {
    mkdirSync(path.join(bench.folder, 'taken'));
    writeFileSync(path.join(bench.folder, 'taken', 'result.json'), '{}');
    const { code, stderr } = await bench.run([
      'run',
      bench.write('good.yaml', scenario(OPEN)),
      '--target',
      healthy.url,
      '--out',
      'taken',
    ]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/taken[\s\S]*holds a record already/);
    expect(bench.read('taken/result.json')).toBe('{}');
  });

  it('cannot be made, for a file stands in its way', async () => {
    bench.write('file', '');
    const { code, stderr } = await bench.run([
      'run',
      bench.write('good.yaml', scenario(OPEN)),
      '--target',
      healthy.url,
      '--out',
      'file/out',
    ]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/file\/out/);
  });
});
