import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle } from '@loadlab/fargate';
import { workspaceRoot } from '@loadlab/foundation';
import { GENERATOR_MAIN, generatorFiles } from '../src/bundle';

jest.setTimeout(60_000);

let work: string;
let mock: ChildProcess;
let mockUrl: string;
let store: Server;
let storeUrl: string;
const stored = new Map<string, string>();

/** The published files on a disk, a mock upstream, and a bucket. */
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'generator-'));
  for (const [path, content] of Object.entries(generatorFiles())) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), content);
  }
  const mockFile = join(work, 'mock.js');
  writeFileSync(mockFile, bundle(join(workspaceRoot(), 'apps', 'mock-openai', 'src', 'main.ts')));
  mock = spawn(process.execPath, [mockFile, '--port', '0', '--latency', '5ms'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  mockUrl = await new Promise((resolve) => {
    mock.stdout?.on('data', (chunk: Buffer) => {
      const found = /http:\/\/[\w.]+:\d+/.exec(chunk.toString());
      if (found !== null) resolve(found[0]);
    });
  });
  store = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      stored.set(new URL(request.url ?? '', 'http://store').pathname, Buffer.concat(chunks).toString());
      response.end();
    });
  });
  await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve));
  storeUrl = `http://127.0.0.1:${(store.address() as AddressInfo).port}`;
});
afterAll(() => {
  mock.kill('SIGKILL');
  store.closeAllConnections();
  store.close();
  rmSync(work, { recursive: true, force: true });
});
beforeEach(() => stored.clear());

function runJob(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_ENDPOINT_URL: storeUrl,
    AWS_BATCH_JOB_ID: 'job-1:3',
    LOADLAB_API_KEY: 'sk-0123456789',
    LOADLAB_RESULTS_BUCKET: 'results',
    LOADLAB_TARGET: mockUrl,
    ...variables,
  };
  return new Promise<{ code: number; output: string }>((resolve) => {
    execFile(process.execPath, [join(work, GENERATOR_MAIN), ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
    });
  });
}

const SHORT = ['--set', 'duration=1s', '--set', 'warmUp=0s', '--set', 'arrival.closed.users=5'];

test('runs a scenario, and leaves record and pages in the bucket, the record last', async () => {
  const { code, output } = await runJob(['smoke', ...SHORT], { LOADLAB_DIRECT: mockUrl, LOADLAB_PROCESSES: '2' });

  // Valid or not depends on how busy this machine is; that a record came of it does not.
  expect([0, 2]).toContain(code);
  const keys = [...stored.keys()];
  expect(keys).toEqual(
    expect.arrayContaining(['/results/runs/job-1/3/report.html', '/results/runs/job-1/3/report.md']),
  );
  expect(keys.at(-1)).toBe('/results/runs/job-1/3/result.json');
  const record = JSON.parse(stored.get('/results/runs/job-1/3/result.json') ?? '') as Record<string, unknown>;
  expect(record).toMatchObject({ schema: 'loadlab.run/v1', target: mockUrl, generator: { processes: 2 } });
  expect(output).toContain('in s3://results/runs/job-1/3/');
});

test('the key is nowhere in what it leaves', async () => {
  const { output } = await runJob(['smoke', ...SHORT]);

  expect([output, ...stored.values()].filter((text) => text.includes('sk-0123456789'))).toEqual([]);
});

test.each([
  ['a scenario that does not exist', ['smok'], {}, 'did you mean "smoke"?'],
  ['no scenario', [], {}, '0 scenarios, not one'],
  ['an unknown flag', ['smoke', '--fast'], {}, "Unknown option '--fast'"],
  ['a job without a target', ['smoke'], { LOADLAB_TARGET: '' }, 'LOADLAB_TARGET'],
  ['a target that is down', ['smoke'], { LOADLAB_TARGET: 'http://127.0.0.1:1' }, '127.0.0.1:1'],
])('%s: exit 3 with the reason, and nothing in the bucket', async (_what, args, variables, reason) => {
  const { code, output } = await runJob(args, variables);

  expect({ code, said: output.includes(reason), output }).toMatchObject({ code: 3, said: true });
  expect(stored.size).toBe(0);
});
