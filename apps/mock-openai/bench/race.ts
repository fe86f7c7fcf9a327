import type { Contender } from './contender';
import type { Cores } from './cores';
import { load } from './wrk';

export interface RaceOptions {
  readonly promptBytes: number;
  readonly connections: number;
  readonly rounds: number;
  readonly secondsPerTurn: number;
  readonly cores: Cores;
  readonly onProgress: (text: string) => void;
}

/** What one contender did in its turn of a round. */
export interface Turn {
  /** Requests a second of the contender's own CPU time: what one core gives, whatever else the machine does meanwhile. */
  readonly perCpuSecond: number;
  /** Requests a second on the clock. */
  readonly perSecond: number;
}

/** Lets contenders take turns, in an order that alternates, so that what drifts on the machine hits all of them alike. */
export async function race(contenders: readonly Contender[], options: RaceOptions): Promise<Map<Contender, Turn[]>> {
  const turns = new Map(contenders.map((contender) => [contender, [] as Turn[]]));
  for (const contender of contenders) await takeTurn(contender, options);
  for (let round = 1; round <= options.rounds; round++) {
    options.onProgress(`prompt of ${options.promptBytes} B: round ${round} of ${options.rounds}`);
    const order = round % 2 === 0 ? [...contenders].reverse() : contenders;
    for (const contender of order) turns.get(contender)?.push(await takeTurn(contender, options));
  }
  return turns;
}

async function takeTurn(contender: Contender, options: RaceOptions): Promise<Turn> {
  const before = contender.cpuSeconds();
  const result = await load({
    url: contender.url,
    promptBytes: options.promptBytes,
    connections: options.connections,
    seconds: options.secondsPerTurn,
    prefix: options.cores.load,
  });
  if (result.failures > 0) throw new Error(`${contender.name}: ${result.failures} requests failed`);
  return {
    perCpuSecond: result.requests / (contender.cpuSeconds() - before),
    perSecond: result.requests / result.seconds,
  };
}

/** The middle of the ratios of the same round: a round's noise divides out. */
export function medianRatio(turns: readonly Turn[], others: readonly Turn[]): number {
  return median(turns.map((turn, round) => turn.perCpuSecond / (others[round]?.perCpuSecond ?? NaN)));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
