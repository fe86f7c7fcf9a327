import { BlockList, isIP } from 'node:net';

/** A range of IP addresses, of either family. */
interface AddressRange {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** True when every address of `inner` lies in `outer`; false also where one of them is no range that can be read. */
export function rangeContains(outer: string, inner: string): boolean {
  const [large, small] = [parseRange(outer), parseRange(inner)];
  if (large?.family !== small?.family || large === undefined || small === undefined) return false;
  if (large.prefix > small.prefix) return false;
  const block = new BlockList();
  block.addSubnet(large.address, large.prefix, large.family);
  return block.check(small.address, small.family);
}

/** True for a range that is the whole internet, or half of it or more: 0.0.0.0/1 is a way of hiding the intent. */
export function isInternet(range: string): boolean {
  const parsed = parseRange(range);
  return parsed !== undefined && parsed.prefix <= 1;
}

function parseRange(text: string): AddressRange | undefined {
  const [address = '', prefix = ''] = text.split('/');
  const version = isIP(address);
  const bits = version === 4 ? 32 : 128;
  const length = /^\d+$/.test(prefix) ? Number(prefix) : -1;
  if (version === 0 || length < 0 || length > bits) return undefined;
  return { address, prefix: length, family: version === 4 ? 'ipv4' : 'ipv6' };
}
