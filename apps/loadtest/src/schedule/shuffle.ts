import type { RandomStream } from './random-stream';

/** The numbers from 0 to size - 1 in random order (Fisher-Yates). */
export function shuffledIndices(size: number, random: RandomStream): Uint32Array {
  const order = Uint32Array.from({ length: size }, (_, index) => index);
  for (let last = size - 1; last > 0; last -= 1) {
    const chosen = Math.floor(random() * (last + 1));
    const moved = order[last] ?? last;
    order[last] = order[chosen] ?? chosen;
    order[chosen] = moved;
  }
  return order;
}
