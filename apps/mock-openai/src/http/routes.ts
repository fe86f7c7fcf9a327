import type { Endpoint } from '../answers/answer';
import { type ApiError, methodNotAllowed, unknownUrl } from '../answers/api-error';
import { chatCompletions } from '../endpoints/chat-completions';
import { completions } from '../endpoints/completions';
import { embeddings } from '../endpoints/embeddings';
import { responses } from '../endpoints/responses';

/** Where a request goes. `path` is its name in the statistics. */
export type Route =
  | { readonly to: 'endpoint'; readonly path: string; readonly endpoint: Endpoint }
  | { readonly to: 'models'; readonly path: string }
  | { readonly to: 'model'; readonly path: string; readonly name: string }
  | { readonly to: 'health' | 'stats' | 'reset'; readonly path: string }
  | { readonly to: 'nowhere'; readonly path: string; readonly error: ApiError; readonly allow?: string };

type Target = Exclude<Route, { to: 'nowhere' | 'model' }> & { readonly method: 'GET' | 'POST' };

const endpoints = [chatCompletions, completions, embeddings, responses];
/** With `/v1`, and without: gateways append only `/chat/completions` to a base that is a bare origin. */
const bases = ['/v1', ''];

const targets = new Map<string, Target>(
  [
    ...bases.flatMap((base): Target[] => [
      ...endpoints.map((endpoint): Target => ({
        to: 'endpoint',
        method: 'POST',
        path: base + endpoint.path,
        endpoint,
      })),
      { to: 'models', method: 'GET', path: `${base}/models` },
    ]),
    { to: 'health', method: 'GET', path: '/health' } as const,
    { to: 'stats', method: 'GET', path: '/stats' } as const,
    { to: 'reset', method: 'POST', path: '/stats/reset' } as const,
  ].map((target) => [target.path, target]),
);

const MODEL = /^(\/v1)?\/models\/([^/]+)$/;

/** Finds the way of a request. `url` is the request target as sent, query and all. */
export function routeOf(method: string, url: string): Route {
  const target = targets.get(url);
  if (target?.method === method) return target;
  return rarerRoute(method, url);
}

function rarerRoute(method: string, url: string): Route {
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  // A HEAD is a GET whose body the server leaves out.
  const asked = method === 'HEAD' ? 'GET' : method;
  const target = targets.get(path);
  const model = MODEL.exec(path);
  const allowed = target?.method ?? (model === null ? undefined : 'GET');
  if (allowed === undefined) return { to: 'nowhere', path: 'unknown', error: unknownUrl(method, path) };
  if (allowed !== asked)
    return { to: 'nowhere', path: target?.path ?? 'unknown', error: methodNotAllowed(method, path), allow: allowed };
  if (target !== undefined) return target;
  return { to: 'model', path: `${model?.[1] ?? ''}/models/{model}`, name: decode(model?.[2] ?? '') };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded after all: then the name has a percent sign.
    return text;
  }
}
