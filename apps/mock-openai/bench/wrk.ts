import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What one run of wrk saw. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Answers that were not 2xx or 3xx, and connections that failed. */
  readonly failures: number;
}

export interface LoadOptions {
  readonly url: string;
  readonly promptBytes: number;
  readonly connections: number;
  readonly seconds: number;
  /** Put before the command, to pin it. */
  readonly prefix: readonly string[];
}

export function hasWrk(): boolean {
  return spawnSync('wrk', ['--version']).error === undefined;
}

/** Loads a server with chat requests, one after the other on each connection. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const [program = '', ...args] = [
    ...options.prefix,
    ...['wrk', '--threads', '1', '--connections', String(options.connections)],
    ...['--duration', `${options.seconds}s`, '--timeout', '10s'],
    ...['--script', join(__dirname, 'chat-request.lua'), options.url],
  ];
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, BENCH_PROMPT_BYTES: String(options.promptBytes) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`wrk ended with ${String(code)}:\n${output}`);
  return parseWrk(output);
}

function parseWrk(output: string): LoadResult {
  const total = /(\d+) requests in ([\d.]+)(ms|s|m)/.exec(output);
  if (total === null) throw new Error(`wrk printed no total:\n${output}`);
  const unit = { ms: 1e-3, s: 1, m: 60 }[total[3] ?? 's'] ?? 1;
  const bad = /Non-2xx or 3xx responses: (\d+)/.exec(output)?.[1] ?? '0';
  const socket = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(output)?.slice(1) ?? [];
  return {
    requests: Number(total[1]),
    seconds: Number(total[2]) * unit,
    failures: [bad, ...socket].reduce((sum, count) => sum + Number(count), 0),
  };
}
