import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the range from which Linux (32768 up) and macOS (49152 up) take the local ends of outgoing connections: a load
 * generator opens thousands of those between the choice of a port here and the moment, seconds later, when LiteLLM binds it.
 */
const LOWEST = 20_000;
const HIGHEST = 30_000;

/** Given out by this process and perhaps not bound yet. */
const given = new Set<number>();

/**
 * A port on which nobody listens. Random, so that several labs on one machine hardly ever choose the same; whoever starts the server
 * still has to be ready to try another one.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (given.has(port)) continue;
    // Both: macOS lets 0.0.0.0 and 127.0.0.1 be bound by different processes.
    if ((await canListen(port, '127.0.0.1')) && (await canListen(port, '0.0.0.0'))) {
      given.add(port);
      return port;
    }
  }
  throw new Error(`no free port between ${LOWEST} and ${HIGHEST} in 200 attempts`);
}

/** Lets a port be given out again. */
export function releasePort(port: number): void {
  given.delete(port);
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
