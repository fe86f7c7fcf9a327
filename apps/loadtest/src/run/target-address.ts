import type { Problem } from '@loadlab/foundation';

/** An address that requests can go to, or what is wrong with it. */
export type ParsedAddress = { readonly address: string } | { readonly problem: Problem };

/**
 * The base to which a request path is appended, from what a user gave as origin or base: no trailing slash, and no `/v1` that
 * the path brings along itself.
 * @param flag names the value in a problem: `--target`
 */
export function parseAddress(flag: string, text: string, requestPath: string): ParsedAddress {
  const fail = (message: string, hint: string): ParsedAddress => ({
    problem: { file: `${flag} ${withoutCredentials(text)}`, path: '', message, hint },
  });
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '')
    return fail('is not a URL', 'such as http://127.0.0.1:4000 or https://gateway.example.com/v1');
  if (url.username !== '' || url.password !== '')
    return fail('holds credentials', 'name an environment variable instead: --api-key-env NAME');
  if (url.search !== '' || url.hash !== '')
    return fail('is not a base address: it has a query or a fragment', 'leave out what follows ? or #');
  const base = url.pathname.replace(/\/+$/, '');
  const path = requestPath.startsWith('/v1/') ? base.replace(/\/v1$/, '') : base;
  return { address: url.origin + path };
}

/** The address of another endpoint of the same API: `/v1/models`, with `/v1` only once. */
export function siblingAddress(address: string, path: string): string {
  return address.endsWith('/v1') && path.startsWith('/v1/') ? address + path.slice('/v1'.length) : address + path;
}

function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/?#]*@/, '//');
}
