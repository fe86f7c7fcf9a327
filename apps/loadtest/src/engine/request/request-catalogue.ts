import type { Scenario } from '../../scenario/scenario';
import { apiOfPath } from '../api';
import { promptSource } from './prompt-source';
import { requestBody } from './request-body';
import { requestHead } from './request-head';
import type { RequestOptions } from './request-options';
import { TOKEN_PLACE } from './request-token';

/** Up to this size a request is kept whole by each connection: sending one piece takes less than sharing a part of it saves. */
const KEPT_WHOLE = 4 * 1024;

/** The bytes of a request, ready to be sent. Shared by all connections, and never written to. */
export interface RequestBytes {
  /** The head, and the body's beginning up to the end of the token if there is one, else all of it. */
  readonly front: Buffer;
  /** The rest. */
  readonly rest: Buffer | undefined;
  /** Where in `front` the request's own token goes; -1 when all requests are alike. */
  readonly tokenAt: number;
}

/** All requests of a run by their number. Each prompt is compiled once: requests differ in 36 bytes at most. */
export interface RequestCatalogue {
  readonly seed: number;
  bytesOf(index: number): RequestBytes;
}

/** Compiles the requests of a run. */
export function compileRequests({ request, seed }: Scenario, options: RequestOptions): RequestCatalogue {
  const source = promptSource(request.prompt, seed, options.prompts);
  const api = apiOfPath(request.path);
  const compiled = source.prompts.map((prompt) => {
    const body = Buffer.from(requestBody(api, request, prompt));
    const head = Buffer.from(requestHead(options, { bytes: body.length, stream: request.stream }));
    return source.unique
      ? splitAfterToken(head, body)
      : { front: Buffer.concat([head, body]), rest: undefined, tokenAt: -1 };
  });
  return {
    seed,
    bytesOf: (index) => {
      const bytes = compiled[source.promptOf(index)];
      if (bytes === undefined) throw new RangeError(`no prompt for request ${index}`);
      return bytes;
    },
  };
}

function splitAfterToken(head: Buffer, body: Buffer): RequestBytes {
  // A model may hold anything, but only the prompt goes on like this.
  const token = body.indexOf(`"${TOKEN_PLACE}`, body.lastIndexOf(':"')) + 1;
  const end = token + TOKEN_PLACE.length;
  const whole = Buffer.concat([head, body]);
  const tokenAt = head.length + token;
  if (whole.length <= KEPT_WHOLE) return { front: whole, rest: undefined, tokenAt };
  return { front: whole.subarray(0, head.length + end), rest: whole.subarray(head.length + end), tokenAt };
}
