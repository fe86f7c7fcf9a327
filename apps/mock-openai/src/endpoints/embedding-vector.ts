import { RandomDraws } from '../schedule/random-draws';

const FLOAT_BYTES = 4;

/** One embedding, in the two forms that the API knows, as JSON. */
export interface EmbeddingVector {
  /** `[0.01,…]`. */
  floats(): string;
  /** The same numbers as little-endian 32-bit floats, in base64. */
  base64(): string;
}

/**
 * A unit vector that belongs to a key: equal keys get equal vectors, others almost always another one, so that a cache
 * of meanings in a gateway is not fooled into a hit. All vectors of a size are rotations of a single prepared one, so that
 * an answer is made by cutting a text, not by printing thousands of numbers.
 */
export function vectorFor(key: string, dimensions: number): EmbeddingVector {
  const base = baseVector(dimensions);
  const shift = hash(key) % dimensions;
  return {
    floats() {
      if (shift === 0) return `[${base.text}]`;
      const cut = base.starts[shift] ?? 0;
      return `[${base.text.slice(cut)},${base.text.slice(0, cut - 1)}]`;
    },
    base64() {
      const cut = shift * FLOAT_BYTES;
      return `"${Buffer.concat([base.bytes.subarray(cut), base.bytes.subarray(0, cut)]).toString('base64')}"`;
    },
  };
}

interface BaseVector {
  readonly text: string;
  /** Where each number starts in the text. */
  readonly starts: readonly number[];
  readonly bytes: Buffer;
}

/** Callers use one or two sizes; a hundred are somebody trying them all. */
const MAX_BASES = 100;
const bases = new Map<number, BaseVector>();

function baseVector(dimensions: number): BaseVector {
  const known = bases.get(dimensions);
  if (known !== undefined) return known;
  const draws = new RandomDraws(dimensions, 0);
  const raw = Array.from({ length: dimensions }, () => draws.uniform() - 0.5);
  const norm = Math.sqrt(raw.reduce((sum, value) => sum + value * value, 0));
  const values = Float32Array.from(raw, (value) => value / norm);
  const bytes = Buffer.alloc(dimensions * FLOAT_BYTES);
  values.forEach((value, index) => bytes.writeFloatLE(value, index * FLOAT_BYTES));
  const numbers = Array.from(values, String);
  let at = 0;
  const starts = numbers.map((number) => {
    const start = at;
    at += number.length + 1;
    return start;
  });
  const base = { text: numbers.join(','), starts, bytes };
  if (bases.size >= MAX_BASES) bases.clear();
  bases.set(dimensions, base);
  return base;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
