/** Requests that a worker has to answer before it can count as warm. */
const REQUESTS = 20;
/** So many of its latest answers are looked at. */
const LATEST = 8;

/** One worker process of the gateway and how its answers got faster. */
export interface WarmWorker {
  /** `<host>:<process>` as the gateway says. */
  readonly id: string;
  /** Milliseconds of overhead (of the whole answer, where the gateway does not tell it), in order. */
  readonly milliseconds: readonly number[];
}

/**
 * True when a worker has answered a few requests and its latest answers are about as fast as its fastest: the first one costs LiteLLM
 * hundreds of milliseconds of imports, the next ones some more for caches.
 */
export function isWarm({ milliseconds }: WarmWorker): boolean {
  if (milliseconds.length < REQUESTS) return false;
  const latest = milliseconds.slice(-LATEST).sort((one, other) => one - other);
  const median = latest[Math.floor(LATEST / 2)] ?? Infinity;
  const fastest = Math.min(...milliseconds);
  // 5 ms of grace: at that speed a factor says little.
  return median <= 2 * fastest + 5;
}
