/** The place of a token in a prompt, in the form of a version 4 UUID. */
export const TOKEN_PLACE = '00000000-0000-4000-8000-000000000000';

const HEX = Buffer.from('0123456789abcdef', 'latin1');

/**
 * Writes the token of a request into a buffer that holds `TOKEN_PLACE`: 30 hexadecimal digits that look random and are made of
 * the seed and the request's number (a whole one below 2^53) alone. Two numbers never give the same token, since every step can
 * be undone.
 */
export function writeToken(buffer: Buffer, at: number, seed: number, index: number): void {
  const salt = mix(seed);
  const low = mix((index >>> 0) ^ salt);
  const high = mix((Math.floor(index / 2 ** 32) + low) | 0);
  const rest = mix(low ^ high ^ salt);
  writeHex(buffer, at, 8, low);
  writeHex(buffer, at + 9, 4, salt);
  writeHex(buffer, at + 15, 3, salt >>> 16);
  writeHex(buffer, at + 20, 3, rest);
  writeHex(buffer, at + 24, 4, rest >>> 12);
  writeHex(buffer, at + 28, 8, high);
}

/** The finalizer of MurmurHash3: a permutation of 32-bit numbers in which every bit depends on every other. */
function mix(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function writeHex(buffer: Buffer, at: number, digits: number, value: number): void {
  let rest = value;
  for (let place = at + digits - 1; place >= at; place -= 1) {
    buffer[place] = HEX[rest & 15] ?? 0;
    rest >>>= 4;
  }
}
