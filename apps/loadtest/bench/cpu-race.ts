import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessTree } from './process-tree';

/** From the first request to the first reading: code is compiled, connections are open. */
const WARM_UP_SECONDS = 2;
const LONGEST_START_SECONDS = 30;

/** What a contender cost in its turn. */
export interface Turn {
  /** CPU seconds of all its processes per 1,000 requests. */
  readonly cpuPer1000: number;
  readonly perSecond: number;
}

/** A contender of the race: anything that sends requests until it is stopped. */
export interface Racer {
  readonly name: string;
  readonly start: () => ProcessTree;
}

/**
 * Lets contenders take turns, in an order that alternates, so that what drifts on the machine hits all alike. What they cost is
 * read while they run, after their start-up, and requests are counted by the server, so that nobody's own books are trusted.
 * @returns the turns of each contender by its name
 */
export async function raceForCpu(
  racers: readonly Racer[],
  options: {
    rounds: number;
    seconds: number;
    countRequests: () => Promise<number>;
    onProgress: (text: string) => void;
  },
): Promise<Map<string, Turn[]>> {
  const turns = new Map(racers.map(({ name }) => [name, [] as Turn[]]));
  for (let round = 1; round <= options.rounds; round += 1)
    for (const racer of round % 2 === 0 ? racers.toReversed() : racers) {
      options.onProgress(`CPU per request, round ${round} of ${options.rounds}: ${racer.name}`);
      turns.get(racer.name)?.push(await takeTurn(racer, options.seconds, options.countRequests));
    }
  return turns;
}

async function firstRequest(tree: ProcessTree, countRequests: () => Promise<number>): Promise<void> {
  const before = await countRequests();
  for (let seconds = 0; seconds < LONGEST_START_SECONDS; seconds += 0.1) {
    if (!tree.running) await tree.finished();
    if ((await countRequests()) > before) return;
    await sleep(100);
  }
  throw new Error(`no request within ${LONGEST_START_SECONDS} s`);
}

async function takeTurn(racer: Racer, seconds: number, countRequests: () => Promise<number>): Promise<Turn> {
  const tree = racer.start();
  try {
    await firstRequest(tree, countRequests);
    await sleep(WARM_UP_SECONDS * 1_000);
    const [cpuFrom, countFrom, from] = [tree.cpuSeconds(), await countRequests(), performance.now()];
    await sleep(seconds * 1_000);
    const [cpuTo, countTo, to] = [tree.cpuSeconds(), await countRequests(), performance.now()];
    return {
      cpuPer1000: ((cpuTo - cpuFrom) / (countTo - countFrom)) * 1_000,
      perSecond: ((countTo - countFrom) / (to - from)) * 1_000,
    };
  } finally {
    await tree.stop();
  }
}
