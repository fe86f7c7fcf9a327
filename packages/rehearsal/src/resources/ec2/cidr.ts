/** A block of IPv4 addresses. */
export interface Cidr {
  /** The first address, as a number. */
  readonly first: number;
  /** The last address. */
  readonly last: number;
  readonly prefix: number;
}

/** Parses `10.40.0.0/16`; undefined when it is no block, or has bits set behind its prefix. */
export function parseCidr(text: string): Cidr | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = parts;
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}

/** True when `inner` lies wholly in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}

/** True when the blocks share an address. */
export function overlaps(left: Cidr, right: Cidr): boolean {
  return left.first <= right.last && right.first <= left.last;
}
