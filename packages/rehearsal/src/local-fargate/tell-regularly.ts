import type { Clock } from './clock';

/** Nobody should look at a silent terminal for longer. */
const SECONDS = 2;

/** Calls back every two seconds, with the seconds since the beginning, until the signal aborts. */
export async function tellRegularly(clock: Clock, tell: (seconds: number) => void, over: AbortSignal): Promise<void> {
  const since = clock.now();
  for (;;) {
    await clock.sleep(SECONDS, over);
    if (over.aborted) return;
    tell(clock.now() - since);
  }
}
