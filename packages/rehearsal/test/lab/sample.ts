/** Set by `npm run test:full`: everything, instead of a sample that fits the time of every commit. */
export const isFull = process.env.LOADLAB_TEST_FULL === '1';

/**
 * A few of many: always the same with the same seed (`LOADLAB_TEST_SEED`, default 1), and all of them in full.
 * Mulberry32 decides; its quality is more than enough to choose tests.
 */
export function sample<T>(all: readonly T[], count: number): T[] {
  if (isFull) return [...all];
  let state = Number(process.env.LOADLAB_TEST_SEED ?? '1');
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const left = [...all];
  return Array.from({ length: Math.min(count, all.length) }, () =>
    left.splice(Math.floor(next() * left.length), 1),
  ).flat();
}

/**
 * The part of all that `LOADLAB_TEST_SLICE` asks for, `2/5`: every fifth, from the second on. What takes long is run in several
 * sittings so, on a machine that others need too.
 */
export function slice<T>(all: readonly T[]): T[] {
  const [part = 1, parts = 1] = (process.env.LOADLAB_TEST_SLICE ?? '1/1').split('/').map(Number);
  return all.filter((_, index) => index % parts === part - 1);
}
