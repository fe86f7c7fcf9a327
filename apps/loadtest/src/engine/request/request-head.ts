import type { RequestOptions } from './request-options';

/** The request line and headers, with the empty line. The scenario's headers replace ours whatever their case. */
export function requestHead(
  { endpoint, apiKey, headers = {} }: RequestOptions,
  { bytes, stream }: { readonly bytes: number; readonly stream: boolean },
): string {
  const ours = {
    host: endpoint.host,
    'content-type': 'application/json',
    accept: stream ? 'text/event-stream' : 'application/json',
    // A compressed answer could not be checked without unpacking each, and the target's compression is not what is measured.
    'accept-encoding': 'identity',
    'user-agent': 'loadlab',
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  };
  const theirs = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const lines = [
    ...Object.entries(ours).filter(([name]) => !theirs.has(name)),
    ...Object.entries(headers),
    ['content-length', String(bytes)],
    ['connection', 'keep-alive'],
  ];
  const text = lines.map(([name, value]) => `${name ?? ''}: ${value ?? ''}\r\n`).join('');
  return `POST ${endpoint.path} HTTP/1.1\r\n${text}\r\n`;
}
