import type { ClosedArrival } from '../scenario/scenario';
import type { RandomStream } from './random-stream';

/** One pause of a user between an answer and the next request, in milliseconds. */
export function drawThinkTimeMs({ min, max }: ClosedArrival['thinkTime'], random: RandomStream): number {
  return (min + (max - min) * random()) * 1_000;
}
