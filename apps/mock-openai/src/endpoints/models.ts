import { toAscii } from '../answers/json-template';

/** Any name is served; these are listed because clients like to choose from a list. */
const listed = ['mock', 'fake-openai-endpoint', 'text-embedding-3-small'];

/** The day this API was first published, as good as any other for a model that does not exist. */
const CREATED = 1_590_000_000;

/** `GET /v1/models`. */
export function modelList(): string {
  return `{"object":"list","data":[${listed.map(modelObject).join(',')}]}`;
}

/** `GET /v1/models/{model}`. */
export function modelObject(name: string): string {
  return toAscii(JSON.stringify({ id: name, object: 'model', created: CREATED, owned_by: 'mock-openai' }));
}
