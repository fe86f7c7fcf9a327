import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator';

/** Draws that are uniform in [0, 1), with 53 bits each. */
export type RandomStream = () => number;

/**
 * What a seed's randomness is used for. Each use has a stream of its own, so that one more draw here changes nothing there:
 * the n-th user's think times are the same whatever the prompts are.
 */
const LANES = { arrivals: 1, prompts: 2, users: 3 } as const;

/**
 * The stream of one use of a seed. Streams are xoroshiro128+ (Blackman and Vigna, https://prng.di.unimi.it), each one jump of
 * 2^64 draws behind the one before, so that no two overlap.
 */
export function randomStream(seed: number, use: 'arrivals' | 'prompts'): RandomStream {
  return drawsOf(generatorAt(seed, LANES[use]));
}

/**
 * One stream for each user, without end.
 * @yields {RandomStream} the streams in the order of the users
 */
export function* userStreams(seed: number): Generator<RandomStream, never> {
  const generator = generatorAt(seed, LANES.users);
  for (;;) {
    yield drawsOf(generator.clone());
    generator.jump();
  }
}

function generatorAt(seed: number, lane: number): JumpableRandomGenerator {
  const generator = xoroshiro128plus(seed);
  for (let jumps = 0; jumps < lane; jumps += 1) generator.jump();
  return generator;
}

function drawsOf(generator: JumpableRandomGenerator): RandomStream {
  return () => uniformFloat64(generator);
}
