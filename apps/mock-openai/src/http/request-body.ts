import type { IncomingMessage } from 'node:http';
import type { Body } from '../answers/answer';
import { ApiError, invalidRequest } from '../answers/api-error';
import { isObject } from '../endpoints/fields';
import { abridgeJson } from './abridge-json';

/** OpenAI's limit on a request: 25 MiB. */
export const MAX_BODY_BYTES = 26_214_400;

/**
 * Receives a body, with a length or in chunks. One that is too large is read to its end all the same, but not kept:
 * closing the connection in the middle would often reach the client before the answer does.
 */
export function receiveBody(request: IncomingMessage, done: (body: Buffer | ApiError) => void): void {
  let first: Buffer | undefined;
  let others: Buffer[] | undefined;
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) first = others = undefined;
    else if (first === undefined) first = chunk;
    else (others ??= [first]).push(chunk);
  });
  request.on('end', () => {
    if (size > MAX_BODY_BYTES) done(tooLarge(size));
    else done(others === undefined ? (first ?? Buffer.alloc(0)) : Buffer.concat(others, size));
  });
}

/** A body as an object, and how many characters of text were cut out of its long strings to read it fast. */
export interface ParsedBody {
  readonly body: Body;
  readonly removed: number;
}

/** Reads a body as a JSON object. `whole` leaves long strings as they are. @throws {ApiError} 400 as OpenAI would */
export function parseBody(bytes: Buffer, whole: boolean): ParsedBody {
  const abridged = whole ? undefined : abridgeJson(bytes);
  let value: unknown;
  try {
    value = JSON.parse(abridged === undefined ? bytes.toString() : abridged.text);
  } catch {
    throw invalidRequest(
      "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)",
    );
  }
  if (!isObject(value)) throw invalidRequest('Invalid body: expected a JSON object.', null, 'invalid_type');
  return { body: value, removed: abridged === undefined ? 0 : abridged.removed };
}

/** Refuses a body that says it is not JSON. One that says nothing is taken for JSON. @throws {ApiError} 400 as OpenAI would */
export function checkContentType(rawHeaders: readonly string[]): void {
  // The raw list, since the headers object is built only when somebody asks for it.
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length !== CONTENT_TYPE.length || name.toLowerCase() !== CONTENT_TYPE) continue;
    const type = rawHeaders[index + 1] ?? '';
    if (type === JSON_TYPE || JSON_PATTERN.test(type)) return;
    throw invalidRequest(
      `Unsupported content type: '${type.slice(0, 100)}'. This API method only accepts '${JSON_TYPE}' requests, but you specified the header 'Content-Type: ${type.slice(0, 100)}'. Please try again with a supported content type.`,
      null,
      'unsupported_content_type',
    );
  }
}

const CONTENT_TYPE = 'content-type';
const JSON_TYPE = 'application/json';
const JSON_PATTERN = /^\s*application\/json\s*(;|$)/i;

function tooLarge(size: number): ApiError {
  const message = `Maximum content size limit (${MAX_BODY_BYTES}) exceeded (${size} bytes read)`;
  return new ApiError(413, message, 'invalid_request_error', null, 'request_too_large');
}
