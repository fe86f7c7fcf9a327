import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { performance } from 'node:perf_hooks';

/** What came back, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly elapsedUs: number;
  /** Whether the connection had served an earlier request. */
  readonly reusedConnection: boolean;
}

/** Why nothing came back. `connect`: no connection was made; `tls`: its certificate or handshake failed. */
export class RequestFailure extends Error {
  constructor(
    readonly kind: 'connect' | 'tls' | 'timeout' | 'broken',
    message: string,
  ) {
    super(message);
  }
}

/** One request, and for how long to wait for what. */
export interface SingleRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutSeconds: number;
  /** @default - a connection of its own, closed afterwards */
  readonly agent?: HttpAgent | HttpsAgent;
  readonly signal?: AbortSignal;
}

const CONNECT_SECONDS = 10;
/** More of an answer says no more to anybody. */
const MAX_BODY_CHARACTERS = 1_000_000;

/**
 * Sends one request and reads the answer whole.
 * @throws {RequestFailure} when no answer came; rejects with the signal's reason when it was aborted
 */
export function sendRequest(options: SingleRequest): Promise<Answer> {
  const { url, method, headers, body, timeoutSeconds, agent, signal } = options;
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    let connected = false;
    const message = send(url, { method, headers, agent: agent ?? false, ...(signal === undefined ? {} : { signal }) });
    const giveUp = (seconds: number, kind: 'connect' | 'timeout', what: string): NodeJS.Timeout =>
      setTimeout(() => message.destroy(new RequestFailure(kind, `${what} within ${seconds} s`)), seconds * 1000);
    const connecting = giveUp(CONNECT_SECONDS, 'connect', 'no connection');
    const answering = giveUp(timeoutSeconds, 'timeout', 'no complete answer');
    const settle = (): void => {
      clearTimeout(connecting);
      clearTimeout(answering);
    };
    const markConnected = (): void => {
      connected = true;
      clearTimeout(connecting);
    };
    message.on('socket', (socket) => {
      if (socket.connecting) socket.once('connect', markConnected);
      else markConnected();
    });
    message.on('error', (error) => {
      settle();
      reject(signal?.aborted === true ? error : failureOf(error, connected));
    });
    message.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += text.length < MAX_BODY_CHARACTERS ? chunk : ''));
      response.on('error', (error) => {
        settle();
        reject(failureOf(error, connected));
      });
      response.on('end', () => {
        settle();
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          body: text,
          elapsedUs: (performance.now() - begun) * 1000,
          reusedConnection: message.reusedSocket,
        });
      });
    });
    message.end(body);
  });
}

/** An agent that keeps one connection open, for requests in sequence. */
export function keepAliveAgent(url: string): HttpAgent | HttpsAgent {
  const options = { keepAlive: true, maxSockets: 1 };
  return url.startsWith('https:') ? new HttpsAgent(options) : new HttpAgent(options);
}

function failureOf(error: Error, connected: boolean): RequestFailure {
  if (error instanceof RequestFailure) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const words = code === '' || error.message.includes(code) ? error.message : `${error.message} (${code})`;
  if (isTls(code, error.message)) return new RequestFailure('tls', words);
  if (!connected) return new RequestFailure('connect', words === '' ? 'no connection could be made' : words);
  return new RequestFailure('broken', words);
}

/** Node names what is wrong with a certificate by OpenSSL's codes, and a failed handshake by its own. */
function isTls(code: string, message: string): boolean {
  return (
    /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_(TLS|SSL)_|^EPROTO$|ALTNAME/.test(code) ||
    /SSL routines|wrong version/.test(message)
  );
}
