import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundleMockOpenAi } from '@loadlab/mock-openai';
import type { Cores } from '@loadlab/mock-openai/bench/cores';
import { ProcessTree } from './process-tree';

/** A server of the benchmark on a core of its own. */
export interface BenchServer {
  readonly origin: string;
  readonly tree: ProcessTree;
}

/** Answers at once and counts. */
export async function startCountingServer(cores: Cores): Promise<BenchServer & { count: () => Promise<number> }> {
  const tree = new ProcessTree([...cores.server, process.execPath, join(__dirname, 'counting-server.js')]);
  while (!tree.output.includes('\n') && tree.running) await sleep(20);
  if (!tree.running) await tree.finished();
  const origin = `http://127.0.0.1:${tree.output.trim()}`;
  return { origin, tree, count: async () => Number(await (await fetch(`${origin}/count`)).text()) };
}

/** LoadLab's own mock, which answers after exactly this time. */
export async function startMock(cores: Cores, folder: string, latency: string): Promise<BenchServer> {
  const { file } = await bundleMockOpenAi(join(folder, 'mock.js'));
  const port = await freePort();
  const flags = ['--host', '127.0.0.1', '--port', String(port), '--latency', latency];
  const tree = new ProcessTree([...cores.server, process.execPath, file, ...flags]);
  const origin = `http://127.0.0.1:${port}`;
  while (tree.running && !(await answers(`${origin}/health`))) await sleep(50);
  if (!tree.running) await tree.finished();
  return { origin, tree };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
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
