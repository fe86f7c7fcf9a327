import { setTimeout as sleep } from 'node:timers/promises';

/** How requests ended during a stretch of steady load. */
export interface LoadResult {
  readonly answered: number;
  /** What went wrong, with how often. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Sends one request every so often, whatever becomes of those before, while something else is done. */
export async function underLoad<T>(
  request: () => Promise<Response>,
  everyMs: number,
  work: () => Promise<T>,
): Promise<{ readonly load: LoadResult; readonly outcome: T }> {
  let answered = 0;
  const failures: Record<string, number> = {};
  const over = new AbortController();
  const send = async (): Promise<void> => {
    const failure = await request().then(
      async (response) => {
        await response.arrayBuffer();
        return response.ok ? undefined : `status ${response.status}`;
      },
      (error: unknown) => (error instanceof Error ? `${error.message}: ${String(error.cause)}` : String(error)),
    );
    if (failure === undefined) answered += 1;
    else failures[failure] = (failures[failure] ?? 0) + 1;
  };
  const sending = (async () => {
    const sent: Promise<void>[] = [];
    while (!over.signal.aborted) {
      sent.push(send());
      await sleep(everyMs);
    }
    await Promise.all(sent);
  })();
  try {
    const outcome = await work();
    // Requests after the last task was exchanged count too.
    await sleep(500);
    over.abort();
    await sending;
    return { load: { answered, failures }, outcome };
  } finally {
    over.abort();
  }
}
