/** A whole answer. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** One server-sent event; data as JSON, or the text where it is none. */
export interface ServerSentEvent {
  readonly event: string | undefined;
  readonly data: unknown;
}

export const messages = [{ role: 'user', content: 'Say something.' }];
export const chat = { model: 'mock', messages };

/** POSTs JSON, or a text as it is, and reads the answer as JSON. */
export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

export async function get(url: string): Promise<Reply> {
  const answer = await fetch(url);
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

/** POSTs JSON and reads a stream of events to its end. */
export async function postForEvents(url: string, body: unknown): Promise<ServerSentEvent[]> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  return parseEvents(await answer.text());
}

export function parseEvents(text: string): ServerSentEvent[] {
  expect(text.endsWith('\n\n')).toBe(true);
  return text
    .slice(0, -2)
    .split('\n\n')
    .map((block) => {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      const data = fields.data ?? '';
      return { event: fields.event, data: data.startsWith('{') ? (JSON.parse(data) as unknown) : data };
    });
}

/** Waits for something that real sockets bring about, without a time of its own. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 1));
}
