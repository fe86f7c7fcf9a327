import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';

const PROGRAM = path.join(workspaceRoot(), '.venv-moto', 'bin', 'moto_server');

/** AWS's interface on this machine: moto's server, from the workspace's own Python environment. */
export class MotoServer {
  #child: ChildProcess | undefined;
  url = '';

  /** False before `npm run setup` has made its Python environment. */
  static get isInstalled(): boolean {
    return existsSync(PROGRAM);
  }

  async start(): Promise<void> {
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    this.#child = spawn(PROGRAM, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    while (!(await this.#answers())) await new Promise((resolve) => setTimeout(resolve, 100));
  }

  /** Forgets everything. */
  async reset(): Promise<void> {
    await fetch(`${this.url}/moto-api/reset`, { method: 'POST' });
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    await ended;
  }

  async #answers(): Promise<boolean> {
    if (this.#child?.exitCode !== null) throw new Error('moto_server ended before it answered');
    try {
      return (await fetch(`${this.url}/moto-api/`)).ok;
    } catch {
      // Not yet.
      return false;
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
