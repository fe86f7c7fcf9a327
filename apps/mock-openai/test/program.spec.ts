import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleMockOpenAi, type StatisticsReport } from '../src';
import { chat, get, post, until } from './call';
import { Program } from './program';

const SOURCE = join(__dirname, '..', 'bin', 'mock-openai.js');
// Processes start as fast as the machine lets them.
jest.setTimeout(60_000);

let folder: string;
let bundle: string;
const programs: Program[] = [];
const run = (flags: readonly string[], variables: Record<string, string> = {}, script = bundle): Program => {
  const program = new Program(script, ['--host', '127.0.0.1', ...flags], variables);
  programs.push(program);
  return program;
};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mock-openai-test-'));
  bundle = (await bundleMockOpenAi(join(folder, 'main.js'))).file;
});
afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.signal('SIGKILL');
    await program.end();
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const ask = (url: string, model = 'mock;latency=0ms') => post(`${url}/v1/chat/completions`, { ...chat, model });
const statsOf = async (url: string): Promise<StatisticsReport> => (await get(`${url}/stats`)).body as StatisticsReport;
/** Process ids of a program's workers. */
function workersOf(program: Program): number[] {
  const pid = String(program.process.pid);
  const lines = execFileSync('ps', ['-e', '-o', 'pid=,ppid=']).toString().trim().split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => Number(child));
}
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const refused = async (url: string): Promise<boolean> =>
  get(`${url}/health`).then(
    () => false,
    () => true,
  );

/** What holds for one process and for several alike. */
describe.each([1, 2])('the program with %p worker(s)', (workers) => {
  const flags = ['--port', '0', '--workers', String(workers)];

  it('says where it listens and on which schedule it answers', async () => {
    const program = run([...flags, '--latency', '250ms'], { MOCK_TOKENS: '7' });
    const url = await program.url();

    expect(program.output).toContain('JSON after 250 ms');
    expect(program.output).toContain(`7 tokens, ${workers} worker`);
    expect((await ask(url)).body).toMatchObject({ usage: { completion_tokens: 7 } });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('finishes what is in flight on %s, then exits with 0', async (signal) => {
    const program = run(flags);
    const url = await program.url();
    const answer = ask(url, 'mock;latency=300ms');
    await until(async () => (await statsOf(url)).inFlight === 1);

    program.signal(signal);

    expect((await answer).status).toBe(200);
    expect(await program.end()).toBe(0);
    expect(await refused(url)).toBe(true);
  });

  it('cuts what is in flight on the second signal, and exits with 130', async () => {
    const program = run(flags);
    const url = await program.url();
    const answer = ask(url, 'mock;latency=1h').catch(() => 'cut');
    await until(async () => (await statsOf(url)).inFlight === 1);

    program.signal('SIGINT');
    await until(() => program.output.includes('once more: stop at once'));
    program.signal('SIGINT');

    expect(await program.end()).toBe(130);
    expect(await answer).toBe('cut');
  });

  it('exits with 3 and a clear word when the port is taken', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;

    const program = run(['--workers', String(workers), '--port', String(port)]);

    expect(await program.end()).toBe(3);
    expect(program.errors).toBe(
      `mock-openai\n  --port  ${port} is taken by another process  -> stop that one, or choose another port (0: any free one)\n1 problem. Nothing was started.\n`,
    );
    expect(program.output).toBe('');
    holder.close();
  });

  it('limits the rate of all workers together', async () => {
    const url = await run([...flags, '--rate-limit', '20/m', '--latency', '0ms']).url();

    const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await ask(url)).status));

    // 20 a minute: a burst of one, and none in the next three seconds.
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 429)).toHaveLength(11);
  });
});

describe('several workers', () => {
  it('answer for one another: statistics and their reset hold for all', async () => {
    const url = await run(['--port', '0', '--workers', '3']).url();
    await Promise.all(Array.from({ length: 30 }, () => ask(url)));

    // Whichever worker is asked.
    for (let index = 0; index < 4; index++) {
      expect(await statsOf(url)).toMatchObject({
        workers: 3,
        total: 30,
        requests: { '/v1/chat/completions': { 200: 30 } },
        serviceTime: { count: 30 },
      });
    }
    await post(`${url}/stats/reset`, '');
    for (let index = 0; index < 4; index++) expect(await statsOf(url)).toMatchObject({ total: 0 });
  });

  it('all stop when one dies, with the reason and a code that is not 0', async () => {
    const program = run(['--port', '0', '--workers', '2']);
    const url = await program.url();
    const [first, second] = workersOf(program);

    process.kill(first ?? 0, 'SIGKILL');

    expect(await program.end()).toBe(70);
    expect(program.errors).toContain(`worker process ${first ?? ''} ended (SIGKILL)`);
    expect(alive(second ?? 0)).toBe(false);
    expect(await refused(url)).toBe(true);
  });

  it('do not outlive the process that started them', async () => {
    const program = run(['--port', '0', '--workers', '2']);
    await program.url();
    const workers = workersOf(program);
    expect(workers).toHaveLength(2);

    program.signal('SIGKILL');

    await until(() => !workers.some(alive));
  });

  it('leave signals to that process, as Ctrl-C reaches them all', async () => {
    const program = run(['--port', '0', '--workers', '2']);
    const url = await program.url();
    for (const worker of workersOf(program)) {
      process.kill(worker, 'SIGINT');
      process.kill(worker, 'SIGTERM');
    }

    expect((await ask(url)).status).toBe(200);
    expect(program.ended).toBeUndefined();
  });
});

describe('the command line', () => {
  it('exits with 3 and names every mistake, of flags and variables alike', async () => {
    const program = run(['--latancy', '5ms', '--ttft', '100', '--tokens', '0'], { MOCK_GAP: 'soon', MOCK_SEDE: '1' });

    expect(await program.end()).toBe(3);
    expect(
      program.errors
        .trim()
        .split('\n')
        .map((line) => line.trim().replace(/ {2,}/g, '  ')),
    ).toEqual([
      'mock-openai',
      'MOCK_SEDE  unknown variable  -> did you mean "MOCK_SEED"?',
      '--latancy  unknown flag  -> did you mean "--latency"?',
      '--ttft  must be a duration such as 250ms, 1.5s, 5m or 1h, not "100"',
      'MOCK_GAP  must be a duration such as 250ms, 1.5s, 5m or 1h, not "soon"',
      '--tokens  must be a number of tokens (a whole number, 1 to 32768), not "0"',
      '5 problems. Nothing was started.',
    ]);
  });

  it('runs from source, without a build', async () => {
    const program = run(['--help'], {}, SOURCE);

    expect(await program.end()).toBe(0);
    expect(program.output).toContain('mock-openai [flags]');
    expect(program.output).toContain('--latency-sigma');
  });

  it('runs several workers from source', async () => {
    const url = await run(['--port', '0', '--workers', '2'], {}, SOURCE).url();

    expect((await ask(url)).status).toBe(200);
  });
});
