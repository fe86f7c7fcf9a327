import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generate } from 'selfsigned';
import { generateLoad } from '../../src/generator/generate-load';
import type { Progress } from '../../src/run/load-generator';
import { answer, collecting, COMPLETION, httpServer, type KnownServer, listening, rawServer } from './known-servers';
import { countsOf, sizeOf } from './measure';
import { closed, scenario } from './scenario';

const folder = mkdtempSync(join(tmpdir(), 'loadlab-generator-'));
afterAll(() => rmSync(folder, { recursive: true }));

let server: KnownServer;
afterEach(() => server.close());

const GENERATOR = 'generator-process';

/** Processes of the generator that this process started and that still run. */
async function generators(parent = process.pid): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, ppid, ...args]) => Number(ppid) === parent && args.some((one) => one.includes(GENERATOR)))
    .map(([pid]) => Number(pid));
}

async function until<T>(find: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const load = { idleRoundTripUs: 0, processes: 2 };

describe('generating load', () => {
  jest.setTimeout(30_000);

  it('from several processes sends one schedule, each request once, and adds up what they saw', async () => {
    const prompts = new Set<string>();
    server = await httpServer((_request, response, body) => {
      prompts.add(body);
      setTimeout(() => response.end(COMPLETION), 30);
    });
    const progress: Progress[] = [];
    const measurement = await generateLoad({
      ...load,
      processes: 3,
      target: server.url,
      scenario: scenario({ duration: 1 }),
      onProgress: (one) => progress.push(one),
    });
    expect(countsOf(measurement)).toEqual({ started: 200, succeeded: 200 });
    expect(prompts.size).toBe(200);
    expect(sizeOf(measurement.histograms.latency, 29)).toBe(200);
    expect(measurement.generator).toMatchObject({ processes: 3, lostProcesses: 0 });
    expect(progress.length).toBeGreaterThan(0);
    expect(Math.max(...progress.map(({ rate }) => rate))).toBeGreaterThan(0);
    expect(await generators()).toEqual([]);
  });

  it('has no more processes than users', async () => {
    server = await rawServer(({ socket }) => socket.write(answer()));
    const measurement = await generateLoad({
      ...load,
      processes: 5,
      target: server.url,
      scenario: scenario({ arrival: closed(2, 0.05) }),
    });
    expect(measurement.generator.processes).toBe(2);
    expect(server.connections()).toBe(2);
  });

  it('stops at once when it is told to, and hands over what it has, with what was under way as unfinished', async () => {
    server = await rawServer(({ socket, number }) => {
      if (number < 50) socket.write(answer());
    });
    const controller = new AbortController();
    const arrival = { open: { rate: 100, process: 'uniform', maxInFlight: 1_000 } } as const;
    const measurement = await generateLoad({
      ...load,
      target: server.url,
      scenario: scenario({ arrival, duration: 60 }),
      signal: controller.signal,
      onProgress: ({ elapsedSeconds }) => elapsedSeconds > 1 && controller.abort(),
    });
    const { started = 0, succeeded, unfinished = 0 } = countsOf(measurement);
    expect(measurement.partial).toBe(true);
    expect(measurement.windowSeconds).toBeGreaterThan(1);
    expect(measurement.windowSeconds).toBeLessThan(30);
    expect([succeeded, unfinished > 0, started]).toEqual([50, true, 50 + unfinished]);
    expect(await generators()).toEqual([]);
  });

  it('counts a process that was killed as lost, and keeps what the others saw', async () => {
    server = await rawServer(({ socket }) => socket.write(answer()));
    const running = generateLoad({ ...load, target: server.url, scenario: scenario({ duration: 1 }) });
    const [victim] = await until(async () => {
      const found = await generators();
      return found.length === 2 && server.connections() > 0 ? found : undefined;
    });
    process.kill(victim ?? 0, 'SIGKILL');
    const measurement = await running;
    expect(measurement.generator).toMatchObject({ processes: 2, lostProcesses: 1 });
    expect(countsOf(measurement)).toEqual({ started: 100, succeeded: 100 });
  });

  it('says what went wrong when a process runs into a defect', async () => {
    server = await rawServer(({ socket }) => socket.write(answer()));
    const noPrompts = scenario({ request: { prompt: { file: 'x.jsonl', order: 'sequential' } } });
    await expect(generateLoad({ ...load, target: server.url, scenario: noPrompts })).rejects.toThrow(
      /no prompts were given/,
    );
    expect(await generators()).toEqual([]);
  });

  it('leaves no process behind, even when its own is killed', async () => {
    server = await rawServer(({ socket }) => socket.write(answer()));
    const source = join(folder, 'parent.ts');
    writeFileSync(
      source,
      `import { generateLoad } from ${JSON.stringify(require.resolve('../../src/generator/generate-load'))};
       void generateLoad(${JSON.stringify({ ...load, target: server.url, scenario: scenario({ duration: 600 }) })});`,
    );
    const parent = spawn(process.execPath, ['--require', require.resolve('tsx/cjs'), source], { stdio: 'ignore' });
    const children = await until(async () => {
      const found = await generators(parent.pid);
      return found.length === 2 && server.connections() > 0 ? found : undefined;
    });
    parent.kill('SIGKILL');
    await until(async () => {
      const alive = children.filter((pid) => {
        try {
          return process.kill(pid, 0);
        } catch {
          return false;
        }
      });
      return Promise.resolve(alive.length === 0 ? true : undefined);
    });
    expect(children).toHaveLength(2);
  });
});

describe('TLS', () => {
  jest.setTimeout(30_000);
  const names = [{ name: 'commonName', value: 'localhost' }];
  const extensions = [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }];
  const { private: key, cert } = generate(names, { keySize: 2_048, algorithm: 'sha256', extensions });
  const secureServer = (): Promise<KnownServer> =>
    listening(
      createHttpsServer(
        { key, cert },
        collecting((_request, response) => response.end(COMPLETION)),
      ),
      'https',
    );
  const variables = { ...process.env };
  afterEach(() => {
    process.env = { ...variables };
  });
  const run = (target: string) => generateLoad({ ...load, processes: 1, target, scenario: scenario() });

  it('is verified: a certificate that nobody vouches for is a failure', async () => {
    server = await secureServer();
    const measurement = await run(`https://localhost:${server.port}`);
    expect(countsOf(measurement)).toEqual({ started: 20, tls: 20 });
    expect(measurement.failureSamples[0]?.message).toMatch(/self-signed certificate/);
  });

  it('is verified against the name that was asked for', async () => {
    server = await secureServer();
    const authority = join(folder, 'authority.pem');
    writeFileSync(authority, cert);
    process.env.NODE_EXTRA_CA_CERTS = authority;
    expect(countsOf(await run(`https://localhost:${server.port}`))).toEqual({ started: 20, succeeded: 20 });
    const byAddress = await run(server.url);
    expect(countsOf(byAddress)).toEqual({ started: 20, tls: 20 });
    expect(byAddress.failureSamples[0]?.message).toMatch(/altnames|does not match/i);
  });

  it('that breaks off in its handshake is a failure of TLS, whatever was answered before', async () => {
    const secure = createHttpsServer(
      { key, cert },
      collecting((_request, response) => response.setHeader('connection', 'close').end(COMPLETION)),
    );
    let connections = 0;
    server = await listening(
      createServer((socket) => {
        connections += 1;
        if (connections % 2 === 0) socket.end();
        else secure.emit('connection', socket);
      }),
      'https',
    );
    const authority = join(folder, 'authority.pem');
    writeFileSync(authority, cert);
    process.env.NODE_EXTRA_CA_CERTS = authority;
    const measurement = await generateLoad({
      ...load,
      processes: 1,
      target: `https://localhost:${server.port}`,
      scenario: scenario({ arrival: closed(1, 0.02), duration: 1 }),
    });
    const { started = 0, succeeded = 0, tls = 0 } = countsOf(measurement);
    expect(Math.abs(succeeded - tls)).toBeLessThanOrEqual(1);
    expect([succeeded > 2, started]).toEqual([true, succeeded + tls]);
  });

  it('with a server that speaks none is a failure of TLS', async () => {
    server = await httpServer((_request, response) => response.end(COMPLETION));
    expect(countsOf(await run(`https://localhost:${server.port}`))).toEqual({ started: 20, tls: 20 });
  });
});
