import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleMockOpenAi } from '@loadlab/mock-openai';
import { mockOpenAiBundle } from '../src/bundle';
import { MOCK_OPENAI_PORT, mockOpenAiContainer } from '../src/container';

// A Node is started three times, on a machine that may be busy.
jest.setTimeout(60_000);

let folder: string;
let mock: ChildProcess | undefined;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'mock-openai-container-'))));
afterAll(() => {
  mock?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

it('runs the file that its stack publishes', async () => {
  const { file } = await bundleMockOpenAi(join(folder, 'published.js'));

  expect(readFileSync(file).equals(mockOpenAiBundle())).toBe(true);
});

it('runs: the bundle takes the flags, listens, is healthy by its own check, and not once it has stopped', async () => {
  const { file } = await bundleMockOpenAi(join(folder, 'main.js'));
  const container = mockOpenAiContainer({
    mock: { cpu: 0.5, latency: 0.001 },
    bundle: { path: file, volume: { name: 'app', containerPath: folder } },
  });
  const [, script = '', ...flags] = container.command.map((word) => (word === String(MOCK_OPENAI_PORT) ? '0' : word));
  mock = spawn(process.execPath, [script, ...flags, '--host', '127.0.0.1'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await portOf(mock);
  const [kind, program, option = '', check = ''] = container.healthCheck?.command ?? [];
  const health = () =>
    promisify(execFile)(process.execPath, [option, check.replace(`:${MOCK_OPENAI_PORT}/`, `:${port}/`)]);

  expect([kind, program]).toEqual(['CMD', 'node']);
  await expect(health()).resolves.toBeDefined();

  const stopped = new Promise((resolve) => mock?.on('exit', resolve));
  mock.kill('SIGTERM');
  expect(await stopped).toBe(0);
  await expect(health()).rejects.toMatchObject({ code: 1 });
});

/** The port that a mock says it listens at. */
function portOf(started: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    started.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const port = /listens at http:\/\/[^:]+:(\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve(port);
    });
    started.on('exit', (code) => reject(new Error(`it ended with ${String(code)}: ${output}`)));
  });
}
