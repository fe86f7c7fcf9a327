import { keepAliveAgent, RequestFailure, sendRequest } from './send-request';

/** The cheapest thing that LiteLLM answers; any other server's "not found" is as cheap. */
const PATH = '/health/liveliness';
const REQUESTS = 12;

/**
 * The time of the quickest of a dozen cheap requests, one after another on a warm connection, in microseconds: what network,
 * HTTP and the target's event loop take when nothing waits. `overhead.queueing` subtracts it, so that what remains is waiting.
 * @returns undefined when the target keeps no connection open, so that no round trip is without a handshake
 */
export async function idleRoundTrip(
  address: string,
  headers: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const agent = keepAliveAgent(address);
  const times: number[] = [];
  try {
    for (let request = 0; request < REQUESTS; request++) {
      const answer = await sendRequest({
        url: address + PATH,
        method: 'GET',
        headers,
        timeoutSeconds: 2,
        agent,
        ...(signal === undefined ? {} : { signal }),
      });
      if (answer.reusedConnection) times.push(answer.elapsedUs);
    }
  } catch (error) {
    // A target that answers nothing else than its API is still worth measuring, and an interruption is the caller's to see.
    if (!(error instanceof RequestFailure) && signal?.aborted !== true) throw error;
  } finally {
    agent.destroy();
  }
  return times.length === 0 ? undefined : Math.round(Math.min(...times));
}
