import type { FailureClass } from '../measurement/measurement';

/** Why a request failed: its class, and the words of whoever refused it. */
export interface Failure {
  readonly failureClass: FailureClass;
  readonly words: string;
}

/** How far a connection had come when it broke. */
export type ConnectionStage = 'connecting' | 'handshake' | 'open';

/** Codes of Node and OpenSSL that speak of TLS at any stage: a server may refuse a client after the handshake (TLS 1.3). */
const TLS_CODE = /^ERR_(SSL|TLS)|^EPROTO$|CERT|^UNABLE_TO_|SELF_SIGNED/;
/** Failures below TLS, which a handshake merely happened to be on the way of. */
const UNREACHABLE = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EADDRNOTAVAIL', 'EMFILE']);

/** The class of a socket's error. */
export function socketFailure(error: Error, stage: ConnectionStage): Failure {
  const code = codeOf(error);
  return { failureClass: classOf(code, stage), words: wordsOf(error, code) };
}

/** The class of a status that is no success; undefined for 2xx. */
export function statusClass(status: number): FailureClass | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 429) return 'status429';
  if (status >= 400 && status < 500) return 'status4xx';
  if (status >= 500 && status < 600) return 'status5xx';
  // A redirect is a proper answer that holds no completion; anything else is not HTTP.
  return status >= 300 && status < 400 ? 'content' : 'protocol';
}

function classOf(code: string, stage: ConnectionStage): FailureClass {
  if (stage === 'connecting' || UNREACHABLE.has(code)) return stage === 'open' ? 'reset' : 'connect';
  return stage === 'handshake' || TLS_CODE.test(code) ? 'tls' : 'reset';
}

/** An attempt at several addresses fails with all their errors inside one that says nothing itself. */
function wordsOf(error: Error, code: string): string {
  if (error.message !== '') return error.message;
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return inner instanceof Error ? inner.message : code;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
