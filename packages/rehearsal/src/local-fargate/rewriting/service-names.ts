import { escapeRegExp } from './container-paths';
import { rewriteTexts, type ProcessDraft, type Rewritten } from './process-draft';

/**
 * Turns the addresses of services inside the VPC into those on this machine.
 * A key is a host, `host:port` or an origin; a value is an origin here, `http://127.0.0.1:23117`.
 */
export function rewriteServiceNames(draft: ProcessDraft, services: ReadonlyMap<string, string>): Rewritten {
  return rewriteTexts(draft, 'where that service listens on this machine', (text) =>
    [...services].reduce((rewritten, [name, url]) => replaceService(rewritten, name, url), text),
  );
}

function replaceService(text: string, name: string, url: string): string {
  const { host, port } = parseAuthority(name);
  const portPattern = port === undefined ? '(:\\d+)?' : `(:${port})`;
  const pattern = new RegExp(`(?<![\\w.\\-])(https?://)?${escapeRegExp(host)}${portPattern}(?![\\w.\\-:])`, 'gi');
  return text.replace(pattern, (whole: string, scheme: string | undefined, givenPort: string | undefined) => {
    if (scheme !== undefined) return url;
    // A bare word that happens to be a host's name is left alone.
    return givenPort === undefined ? whole : new URL(url).host;
  });
}

function parseAuthority(name: string): { host: string; port?: string } {
  const match = /^(?:https?:\/\/)?([^:/]+)(?::(\d+))?\/?$/i.exec(name);
  if (match?.[1] === undefined) throw new TypeError(`not a host, host:port or origin: ${name}`);
  return match[2] === undefined ? { host: match[1] } : { host: match[1], port: match[2] };
}
