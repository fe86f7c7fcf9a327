import { TokenBucket } from './token-bucket';

/** Says whether a request may pass: 0 ms, or the ms after which to try again. Workers ask the process that holds the bucket. */
export type RateLimiter = () => number | Promise<number>;

/** A limit that this process holds itself. @returns undefined for a rate of 0, which is no limit */
export function localLimiter(ratePerSecond: number, now: () => number): RateLimiter | undefined {
  if (ratePerSecond === 0) return undefined;
  const bucket = new TokenBucket(ratePerSecond, now());
  return () => bucket.take(now());
}

/**
 * A limit that another process holds. What is asked in one turn of the event loop travels in one message.
 * @param ask takes so many; answers with one wait for each
 */
export function remoteLimiter(ask: (count: number) => Promise<readonly number[]>): RateLimiter {
  let waiting: { readonly resolve: (waitMs: number) => void; readonly reject: (reason: unknown) => void }[] = [];
  const send = (): void => {
    const batch = waiting;
    waiting = [];
    ask(batch.length).then(
      (waits) => batch.forEach(({ resolve }, index) => resolve(waits[index] ?? 0)),
      (reason: unknown) => batch.forEach(({ reject }) => reject(reason)),
    );
  };
  return () =>
    new Promise((resolve, reject) => {
      if (waiting.push({ resolve, reject }) === 1) setImmediate(send);
    });
}
