import { get } from 'node:http';

/** What a probe of a task's address found. */
export interface ProbeResult {
  readonly ready: boolean;
  /** `200`, `503`, `connection refused`; for people. */
  readonly detail: string;
}

/** Asks once, as a target group does: 200 to 299 is ready. Never rejects. */
export function probe(url: string, timeoutSeconds: number): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const call = get(url, { agent: false, timeout: timeoutSeconds * 1000 }, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      resolve({ ready: status >= 200 && status < 300, detail: `answers ${status}` });
    });
    call.once('timeout', () => call.destroy(new Error(`no answer within ${timeoutSeconds} s`)));
    call.once('error', (error) =>
      resolve({
        ready: false,
        detail: 'code' in error && error.code === 'ECONNREFUSED' ? 'not listening yet' : error.message,
      }),
    );
  });
}
