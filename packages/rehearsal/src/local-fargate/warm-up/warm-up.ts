import { InputError } from '@loadlab/foundation';
import { z } from 'zod';
import { PinnedConnection, type PinnedAnswer } from './pinned-connection';
import { isWarm, type WarmWorker } from './worker-warmth';

const REQUESTS_A_ROUND = 6;
const REQUEST_TIMEOUT_SECONDS = 30;

/** LiteLLM's memory report names the worker process that made it; any proxy admin may read it. */
const IDENTITY_PATH = '/debug/memory/summary';
const identity = z.object({ worker_pid: z.number(), hostname: z.string().default('') });

/** How a gateway is warmed up. */
export interface WarmUpOptions {
  /** Origin of one task, without a balancer in between: a balancer would spread one connection's requests over workers. */
  readonly url: string;
  /** Worker processes of the task. */
  readonly workers: number;
  /** The request that the load will send, small. */
  readonly request: { readonly path: string; readonly body: unknown };
  /** Among them the key: it has to be an admin's, so that the workers can be told apart. */
  readonly headers: Readonly<Record<string, string>>;
  /** @default - 60 */
  readonly limitSeconds?: number;
  readonly signal?: AbortSignal;
  /** After each round. @default - nobody listens */
  readonly onProgress?: (workers: readonly WarmWorker[]) => void;
}

/** What was warmed up. */
export interface WarmUpOutcome {
  /** Those that answered. When the gateway does not tell its workers apart, they are all counted as one. */
  readonly workers: readonly WarmWorker[];
  /** False when the gateway does not say which worker answers: then nobody knows whether all were reached. */
  readonly identified: boolean;
  /** Every worker was reached, and each has settled. */
  readonly complete: boolean;
  readonly seconds: number;
}

/**
 * Sends requests until every worker of a task answers at its usual speed, or the limit is reached.
 *
 * The kernel hands new connections to whichever worker waits; one client that opens them one after the other reaches the same worker
 * each time. So each round opens several at once and keeps them busy, asks on each which worker holds it, and sends requests over it.
 * @throws {InputError} when the gateway refuses the request: its own words
 */
export async function warmUp(options: WarmUpOptions): Promise<WarmUpOutcome> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const seen = new Map<string, number[]>();
  let identified = true;
  for (;;) {
    const connections = Math.max(4, 3 * options.workers);
    const rounds = await Promise.all(Array.from({ length: connections }, () => oneConnection(options, seen)));
    identified &&= rounds.every((told) => told);
    const workers = [...seen].map(([id, milliseconds]) => ({ id, milliseconds }));
    options.onProgress?.(workers);
    const wanted = identified ? options.workers : 1;
    const settled = workers.length >= wanted && workers.every(isWarm);
    if (settled || seconds() > (options.limitSeconds ?? 60) || options.signal?.aborted === true)
      return { workers, identified, complete: settled && identified, seconds: seconds() };
  }
}

/** Sends a few requests over one connection; false when the gateway does not say which worker holds it. */
async function oneConnection(options: WarmUpOptions, seen: Map<string, number[]>): Promise<boolean> {
  const connection = new PinnedConnection(new URL(options.url), options.headers, REQUEST_TIMEOUT_SECONDS);
  try {
    const who = await connection.get(IDENTITY_PATH);
    const worker = workerOf(who);
    for (let count = 0; count < REQUESTS_A_ROUND && options.signal?.aborted !== true; count++) {
      const answer = await connection.post(options.request.path, options.request.body);
      if (answer.status !== 200) throw refused(options, answer);
      // The gateway closed the connection in between: nobody knows who answered.
      if (worker !== undefined && answer.localPort !== who.localPort) break;
      const id = worker ?? 'unknown';
      seen.set(id, [...(seen.get(id) ?? []), overheadOf(answer)]);
    }
    return worker !== undefined;
  } finally {
    connection.close();
  }
}

function workerOf(answer: PinnedAnswer): string | undefined {
  if (answer.status !== 200) return undefined;
  const parsed = identity.safeParse(parseJson(answer.body));
  return parsed.success ? `${parsed.data.hostname}:${parsed.data.worker_pid}` : undefined;
}

/** Milliseconds. LiteLLM's own figure leaves the upstream's latency out. */
function overheadOf(answer: PinnedAnswer): number {
  const header = Number(answer.headers['x-litellm-overhead-duration-ms'] ?? NaN);
  return Number.isFinite(header) ? header : answer.seconds * 1000;
}

function refused({ url, request }: WarmUpOptions, answer: PinnedAnswer): InputError {
  const words = answer.body.slice(0, 300).replace(/\s+/g, ' ');
  return new InputError([
    { file: `${url}${request.path}`, path: '', message: `answered ${answer.status} to the warm-up: ${words}` },
  ]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
