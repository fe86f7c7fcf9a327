/** What OpenAI answers when it refuses or fails: `{error: {message, type, param, code}}`. Source: the API reference's "Error codes". */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly type: string,
    readonly param: string | null = null,
    readonly code: string | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** The body of the answer. */
  toJson(): string {
    const { message, type, param, code } = this;
    return JSON.stringify({ error: { message, type, param, code } });
  }
}

/** 400 for a request that OpenAI would refuse. `param` is the path of the field at fault. */
export function invalidRequest(message: string, param: string | null = null, code: string | null = null): ApiError {
  return new ApiError(400, message, 'invalid_request_error', param, code);
}

/** 404 for a path that the API does not have. */
export function unknownUrl(method: string, path: string): ApiError {
  return new ApiError(
    404,
    `Unknown request URL: ${method} ${path}. Please check the URL for typos, or see the docs at https://platform.openai.com/docs/api-reference/.`,
    'invalid_request_error',
    null,
    'unknown_url',
  );
}

/** 405 for a path that exists, but not for this method. */
export function methodNotAllowed(method: string, path: string): ApiError {
  return new ApiError(
    405,
    `Not allowed to ${method} on ${path}. (HINT: Perhaps you meant to use a different HTTP method?)`,
    'invalid_request_error',
    null,
    'method_not_supported',
  );
}

/** 429 from the rate limit. */
export function rateLimited(limitPerSecond: number, retryAfterMs: number): ApiError {
  const wait = retryAfterMs < 1000 ? `${Math.ceil(retryAfterMs)}ms` : `${(retryAfterMs / 1000).toFixed(2)}s`;
  return new ApiError(
    429,
    `Rate limit reached for requests: Limit ${Number(limitPerSecond.toPrecision(4))} / s. Please try again in ${wait}.`,
    'requests',
    null,
    'rate_limit_exceeded',
  );
}

const scripted: Readonly<Record<number, readonly [message: string, type: string, code: string | null]>> = {
  401: ['Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key'],
  403: ['Country, region, or territory not supported.', 'request_forbidden', 'unsupported_country_region_territory'],
  404: ['The model does not exist or you do not have access to it.', 'invalid_request_error', 'model_not_found'],
  408: ['Request timed out.', 'server_error', null],
  429: ['Rate limit reached for requests.', 'requests', 'rate_limit_exceeded'],
  503: ['The engine is currently overloaded, please try again later.', 'server_error', 'overloaded'],
};

/** The error of a request that fails on purpose (`--error-rate`, or `status=` in the model's name). */
export function scriptedError(status: number): ApiError {
  const [message, type, code] =
    scripted[status] ??
    (status < 500
      ? ['The request was refused on purpose, as the mock was told to.', 'invalid_request_error', null]
      : ['The server had an error while processing your request. Sorry about that!', 'server_error', null]);
  return new ApiError(status, message, type, null, code);
}
