import type { Finding } from '../check';
import { parseImage } from '@loadlab/foundation';

/** How images are asked for: the built-in `fetch`, or a test's. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** What registries call the manifests of images, for one platform and for several. */
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
const TIMEOUT_MS = 10_000;

/**
 * Asks an image's registry for its manifest, without downloading anything, as the tasks will: nameless, with a token for pulling.
 * @source https://distribution.github.io/distribution/spec/auth/token/
 */
export async function image(reference: string, fetch: Fetch): Promise<Finding> {
  const address = addressOf(reference);
  if (address === undefined) {
    return { state: 'missing', seen: `${reference} is no image`, remedy: 'registry/name:tag@sha256:…' };
  }
  const { registry, repository, version } = address;
  if (registry.includes('.dkr.ecr')) {
    return { state: 'ok', seen: `${reference}: in ECR, where the tasks’ own role asks` };
  }
  const url = `${registry.startsWith('localhost') || registry.startsWith('127.') ? 'http' : 'https'}://${registry}/v2/${repository}/manifests/${version}`;
  try {
    const status = await ask(url, fetch);
    return status === 200 ? { state: 'ok', seen: reference } : refused(reference, registry, status);
  } catch (error) {
    return unreachable(registry, error);
  }
}

/** A registry that wants a token says where to get one. */
async function ask(url: string, fetch: Fetch): Promise<number> {
  const head = (authorization?: string): Promise<Response> =>
    fetch(url, {
      method: 'HEAD',
      headers: { accept: MANIFESTS, ...(authorization === undefined ? {} : { authorization }) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  const first = await head();
  const challenge = first.headers.get('www-authenticate');
  if (first.status !== 401 || challenge === null) return first.status;
  const token = await tokenFor(challenge, fetch);
  return token === undefined ? first.status : (await head(`Bearer ${token}`)).status;
}

async function tokenFor(challenge: string, fetch: Fetch): Promise<string | undefined> {
  const wordOf = (name: string): string | undefined => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1];
  const [realm, service, scope] = [wordOf('realm'), wordOf('service'), wordOf('scope')];
  if (!/^bearer /i.test(challenge) || realm === undefined) return undefined;
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  if (scope !== undefined) url.searchParams.set('scope', scope);
  const response = await fetch(url.href, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) return undefined;
  const { token, access_token: accessToken } = (await response.json()) as { token?: string; access_token?: string };
  return token ?? accessToken;
}

function refused(reference: string, registry: string, status: number): Finding {
  if (status === 404) {
    return {
      state: 'missing',
      seen: `${registry} has no ${reference}`,
      remedy: 'correct the name, or take another tag',
    };
  }
  if (status === 401 || status === 403) {
    return {
      state: 'missing',
      seen: `${registry} has no public ${reference} (${status})`,
      remedy: 'correct the name; or copy a private image into ECR, which the tasks may read',
    };
  }
  return {
    state: 'warning',
    seen: `${registry} answers ${status}`,
    remedy: 'try again later; without the image no task starts',
  };
}

function unreachable(registry: string, error: unknown): Finding {
  // `fetch` says only that it failed; its cause says why.
  const { message, cause } = error as { readonly message?: string; readonly cause?: { readonly message?: string } };
  const words = [cause?.message, message, 'no answer'].find((text) => text !== undefined && text !== '') ?? '';
  return {
    state: 'warning',
    seen: `${registry} cannot be reached from here: ${words}`,
    remedy: 'not needed here, but by the tasks: `docker manifest inspect` it from elsewhere, or copy it into ECR',
  };
}

/** `node` is `docker.io/library/node`, as Docker has it. */
function addressOf(reference: string): { registry: string; repository: string; version: string } | undefined {
  const parsed = parseImage(reference);
  if (parsed === undefined) return undefined;
  const { repository, tag, digest } = parsed;
  const version = digest ?? tag ?? 'latest';
  const [first = '', ...rest] = repository.split('/');
  const named = rest.length > 0 && /[.:]|^localhost$/.test(first);
  if (named && first !== 'docker.io') return { registry: first, repository: rest.join('/'), version };
  const path = named ? rest : [first, ...rest];
  return {
    registry: 'registry-1.docker.io',
    repository: path.length === 1 ? `library/${path.join('')}` : path.join('/'),
    version,
  };
}
