import type { Finding } from '../check';

const LOG_IN = 'log in: `aws sso login` and AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';

interface Reason {
  readonly kind: 'credentials' | 'rights' | 'network';
  /** Names of errors of AWS's services, its SDK and Node. */
  readonly names: readonly string[];
  readonly seen: string;
  readonly remedy: string;
}

const REASONS: readonly Reason[] = [
  {
    kind: 'credentials',
    names: ['CredentialsProviderError', 'TokenProviderError'],
    seen: 'no credentials',
    remedy: LOG_IN,
  },
  {
    kind: 'credentials',
    names: ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired'],
    seen: 'the credentials have expired',
    remedy: 'log in again',
  },
  {
    kind: 'credentials',
    names: [
      'AuthFailure',
      'InvalidAccessKeyId',
      'InvalidClientTokenId',
      'SignatureDoesNotMatch',
      'UnrecognizedClientException',
    ],
    seen: 'AWS does not know these credentials',
    remedy: LOG_IN,
  },
  {
    kind: 'rights',
    names: ['AccessDenied', 'AccessDeniedException', 'Forbidden', 'UnauthorizedOperation', '403'],
    seen: 'the credentials may not look',
    remedy: 'ask for the right, or whoever has it to look',
  },
  {
    kind: 'network',
    names: [
      'ECONNREFUSED',
      'ECONNRESET',
      'EAI_AGAIN',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'ENOTFOUND',
      'ETIMEDOUT',
      'TimeoutError',
    ],
    seen: 'AWS cannot be reached from here',
    remedy: 'check the network and its proxy (HTTPS_PROXY)',
  },
  {
    kind: 'network',
    // What the SDK throws for a page where JSON should be.
    names: ['SyntaxError'],
    seen: 'something answers that is not AWS',
    remedy: 'check what is in between: a proxy, a portal that wants a login, AWS_ENDPOINT_URL',
  },
];

/** Why AWS, its SDK or the network refused a question; undefined for anything else. */
export function reasonOf(error: unknown): Reason | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { name, code, cause, $metadata } = error as {
    readonly name?: unknown;
    readonly code?: unknown;
    readonly cause?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const names = [name, code, $metadata?.httpStatusCode].map(String);
  return REASONS.find((reason) => names.some((word) => reason.names.includes(word))) ?? reasonOf(cause);
}

/**
 * The finding of a check that could not look. Only the check of the credentials themselves calls it missing: for the others it
 * says nothing about what they look at.
 * @throws {unknown} what is none of AWS's, the network's or the credentials' doing
 */
export function couldNotLook(error: unknown): Finding {
  const reason = reasonOf(error);
  if (reason === undefined) throw error;
  const detail = reason.kind === 'rights' && error instanceof Error ? `: ${firstSentence(error.message)}` : '';
  return {
    state: 'warning',
    seen: `not looked at: ${reason.seen}${detail}`,
    ...(reason.kind === 'rights' ? { remedy: reason.remedy } : {}),
  };
}

function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
}
