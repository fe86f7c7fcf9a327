import { mkdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { makePythonEnvironment } from '@loadlab/setup/steps';
import { Contender } from './contender';

/** Starts servers, each a process at a free port, pinned by `prefix`. */
export class Servers {
  private readonly started: Contender[] = [];

  constructor(
    private readonly root: string,
    private readonly prefix: readonly string[],
  ) {}

  /** The mock's bundle, as it is deployed. */
  mock(name: string, bundle: string, ...flags: readonly string[]): Promise<Contender> {
    return this.start(name, (port) => [
      ...[process.execPath, bundle, '--host', '127.0.0.1', '--port', String(port)],
      ...flags,
    ]);
  }

  /** The least that answers at all: reads a request to its end, then gives `answer`. */
  bare(answer: string): Promise<Contender> {
    return this.start('bare node:http', () => [process.execPath, join(__dirname, 'bare-server.js')], answer);
  }

  /** FastAPI under uvicorn at its fastest settings: uvloop, httptools, no access log. */
  async fastApi(answer: string): Promise<Contender> {
    const python = await this.pythonWithFastApi();
    return this.start(
      'FastAPI, uvicorn',
      (port) => [
        ...[python, '-m', 'uvicorn', 'fastapi_mock:app', '--app-dir', __dirname, '--port', String(port)],
        ...['--loop', 'uvloop', '--http', 'httptools', '--no-access-log', '--log-level', 'warning'],
      ],
      answer,
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.started.map((one) => one.stop()));
  }

  private async start(name: string, command: (port: number) => readonly string[], answer = ''): Promise<Contender> {
    const port = await freePort();
    const environment = { BENCH_ANSWER: answer, BENCH_PORT: String(port) };
    const contender = new Contender({ name, port, command: [...this.prefix, ...command(port)], environment });
    this.started.push(contender);
    await contender.answer();
    return contender;
  }

  /** Its interpreter; made from hashed requirements when it is not there yet. */
  private async pythonWithFastApi(): Promise<string> {
    const folder = join('.venv-bench', 'mock-openai');
    // Where the set-up keeps its log.
    mkdirSync(join(this.root, '.loadlab'), { recursive: true });
    const step = makePythonEnvironment(this.root, {
      folder,
      requirements: 'apps/mock-openai/bench/requirements.lock',
      purpose: "FastAPI, the mock's peer",
      megabytes: 60,
    });
    if (!step.done()) await step.run();
    return join(this.root, folder, 'bin', 'python');
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
