import { isIP } from 'node:net';

/** Where requests go, as a socket and a request line need it. */
export interface Endpoint {
  readonly secure: boolean;
  /** A name or an address, IPv6 without brackets. */
  readonly hostname: string;
  readonly port: number;
  /** For the Host header; without the port when it is the scheme's own. */
  readonly host: string;
  /** The name to ask for in TLS (SNI); absent for addresses, which have no name. */
  readonly servername?: string;
  /** Path and query of the request line. */
  readonly path: string;
}

/**
 * The endpoint of a path below a base address. A `/v1` at the base's end and at the path's start is not doubled.
 * @param base an origin (`https://host:port`) or a base with a path (`https://host/gateway/v1`)
 * @throws {TypeError} when the base is not an http(s) URL
 */
export function endpointOf(base: string, path: string): Endpoint {
  const url = new URL(base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`not an http(s) URL: ${base}`);
  const secure = url.protocol === 'https:';
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const prefix = url.pathname.replace(/\/+$/, '');
  const doubled = prefix.endsWith('/v1') && /^\/v1(\/|$)/.test(path);
  return {
    secure,
    hostname,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    host: url.host,
    path: (doubled ? prefix.slice(0, -'/v1'.length) : prefix) + path,
    ...(secure && isIP(hostname) === 0 ? { servername: hostname } : {}),
  };
}
