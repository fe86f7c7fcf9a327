/** An IPv4 range: its first address as a number, and how many bits of it are fixed. */
export interface Cidr {
  readonly first: number;
  readonly prefix: number;
}

/** Reads `10.40.0.0/16`. The bits after the prefix are dropped: compare with `formatCidr` to find such. */
export function parseCidr(text: string): Cidr {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text);
  const numbers = match?.slice(1).map(Number) ?? [];
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = numbers;
  if (Math.max(a, b, c, d) > 255 || prefix > 32) throw new Error(`not an IPv4 range: ${text}`);
  const address = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  return { first: address - (address % sizeOf(prefix)), prefix };
}

/** `10.40.0.0/16`. */
export function formatCidr({ first, prefix }: Cidr): string {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${bytes.join('.')}/${prefix}`;
}

/** How many addresses a range of this prefix has. */
export function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}

/** True when every address of `inner` lies in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.prefix <= inner.prefix && overlap(outer, inner);
}

/** True when the two share an address. */
export function overlap(left: Cidr, right: Cidr): boolean {
  return left.first < right.first + sizeOf(right.prefix) && right.first < left.first + sizeOf(left.prefix);
}

/** The `index`-th of the `2 ** bits` equal parts of a range, as Terraform's `cidrsubnet` counts them. */
export function part(range: Cidr, bits: number, index: number): Cidr {
  const prefix = range.prefix + bits;
  if (prefix > 32 || index >= 2 ** bits) throw new Error(`${formatCidr(range)} has no part ${index} of ${2 ** bits}`);
  return { first: range.first + index * sizeOf(prefix), prefix };
}
