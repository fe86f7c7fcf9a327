/** The kinds of API that differ in how a request and its answer look. */
export type Api = 'chat' | 'completions' | 'responses' | 'embeddings' | 'messages' | 'other';

const PATHS: readonly (readonly [RegExp, Api])[] = [
  [/\/chat\/completions$/, 'chat'],
  [/\/completions$/, 'completions'],
  [/\/responses$/, 'responses'],
  [/\/embeddings$/, 'embeddings'],
  [/\/messages$/, 'messages'],
];

/** The API that a request path speaks, whatever comes before it or in its query. */
export function apiOfPath(path: string): Api {
  const bare = (path.split('?')[0] ?? '').replace(/\/+$/, '');
  return PATHS.find(([pattern]) => pattern.test(bare))?.[1] ?? 'other';
}
