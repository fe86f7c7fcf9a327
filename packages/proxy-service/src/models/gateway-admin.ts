import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { InputError } from '@loadlab/foundation';
import { z } from 'zod';
import type { LiteLlmDeployment } from '../litellm-config/litellm-config-schema';
import { HASH_KEY } from './identified-deployment';

/** A deployment as one of the gateway's processes knows it. */
export interface KnownDeployment {
  readonly id: string;
  readonly modelName: string;
  /** False for one that comes from config.yaml, which the interface cannot change. */
  readonly inDatabase: boolean;
  /** The hash that it was registered with; absent when somebody else did. */
  readonly sha256?: string;
}

/** LiteLLM's interface for models. Each call may meet another process. */
export interface GatewayAdmin {
  /** @throws {InputError} when the gateway does not answer, or refuses the key */
  deployments(): Promise<KnownDeployment[]>;
  /** @throws {InputError} with LiteLLM's own words when it refuses */
  add(deployment: LiteLlmDeployment): Promise<void>;
  /** @throws {InputError} with LiteLLM's own words when it refuses */
  remove(id: string): Promise<void>;
}

const modelInfo = z.object({
  data: z.array(
    z.object({
      model_name: z.string(),
      model_info: z.looseObject({
        id: z.union([z.string(), z.number()]).transform(String),
        db_model: z.boolean().default(false),
        [HASH_KEY]: z.string().optional(),
      }),
    }),
  ),
});

const REQUEST_TIMEOUT_MS = 30_000;
/** What LiteLLM says when it may not keep models. */
const CANNOT_STORE = /STORE_MODEL_IN_DB|No DB Connected|db_not_connected/i;

/** The interface over HTTP. `url` is the gateway's origin; the key goes nowhere else and into no message. */
export function gatewayAdmin({ url, masterKey }: { readonly url: string; readonly masterKey: string }): GatewayAdmin {
  const origin = url.replace(/\/+$/, '');
  const call = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> => {
    const response = await send(`${origin}${path}`, method, masterKey, body);
    if (response.status < 300) return response.json;
    throw refusal(origin, `${method} ${path}`, response);
  };
  return {
    async deployments() {
      const parsed = modelInfo.safeParse(await call('GET', '/v1/model/info'));
      if (!parsed.success) throw fail(origin, 'answers /v1/model/info, but not as LiteLLM does', 'is it the gateway?');
      return parsed.data.data.map(({ model_name: modelName, model_info: info }) => {
        const sha256 = info[HASH_KEY];
        return { id: info.id, modelName, inDatabase: info.db_model, ...(sha256 === undefined ? {} : { sha256 }) };
      });
    },
    async add(deployment) {
      await call('POST', '/model/new', deployment);
    },
    async remove(id) {
      await call('POST', '/model/delete', { id });
    },
  };
}

interface Response {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
}

/** A connection of its own for each request: a kept one would ask the same process again and again. */
function send(url: string, method: string, masterKey: string, body: unknown): Promise<Response> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${masterKey}`,
    connection: 'close',
    ...(payload === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) }),
  };
  const { origin } = new URL(url);
  return new Promise((resolve, reject) => {
    const makeRequest = url.startsWith('https:') ? httpsRequest : httpRequest;
    const request = makeRequest(url, { method, headers, agent: false, timeout: REQUEST_TIMEOUT_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, text, json: parsed(text) });
      });
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${REQUEST_TIMEOUT_MS / 1000} s`)));
    request.on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.message === '' ? (error.code ?? 'no connection') : error.message;
      reject(fail(origin, `does not answer: ${reason}`, 'is the gateway deployed, and reachable from here?'));
    });
    request.end(payload);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An error page of something in between; its text is quoted where it matters.
    return undefined;
  }
}

function refusal(origin: string, what: string, { status, text }: Response): InputError {
  const words = text.replace(/\s+/g, ' ').slice(0, 300);
  if (status === 401 || status === 403)
    return fail(origin, `refuses the key (${status})`, 'models are registered with the master key');
  if (CANNOT_STORE.test(text))
    return fail(origin, 'keeps no models', 'give the environment a database, and proxy.storeModelInDb: true');
  return fail(origin, `answers ${what} with ${status}: ${words}`, 'the gateway’s log says more');
}

function fail(file: string, message: string, hint: string): InputError {
  return new InputError([{ file, path: '', message, hint }]);
}
