import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server for Terraform's `http` backend: states and locks in memory. */
export class HttpStates {
  readonly states = new Map<string, string>();
  readonly locked: string[] = [];
  readonly #locks = new Map<string, string>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const [status, answer] = this.#answer(request.method ?? '', path, body);
        response.writeHead(status).end(answer);
      });
    });
  }

  /** @returns the address to give to the backend */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(method: string, path: string, body: string): [number, string] {
    const state = this.states.get(path);
    switch (method) {
      case 'GET':
        return state === undefined ? [404, ''] : [200, state];
      case 'POST':
        this.states.set(path, body);
        return [200, ''];
      case 'LOCK': {
        const holder = this.#locks.get(path);
        if (holder !== undefined) return [423, holder];
        this.#locks.set(path, body);
        this.locked.push(path);
        return [200, ''];
      }
      case 'UNLOCK':
        this.#locks.delete(path);
        return [200, ''];
      default:
        return [405, ''];
    }
  }
}
