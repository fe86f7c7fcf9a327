import { z } from 'zod';

const DURATION = /^(\d+(?:\.\d+)?)(us|ms|s|m|h)$/;
const SECONDS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };
const RATE = /^(\d+(?:\.\d+)?)\/(s|m|h)$/;
const SHARE = /^(\d+(?:\.\d+)?)%$/;
const SIZE = /^(\d+(?:\.\d+)?)(B|KB|MB|GB|KiB|MiB|GiB)$/;
const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

/** Seconds of a duration such as `250ms`, `1.5s`, `5m`, `1h`; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  return match ? rounded(Number(match[1]) * (SECONDS[match[2] ?? ''] ?? NaN)) : undefined;
}

/** Events per second of a rate such as `500/s`, `30/m`; undefined when it is none. */
export function parseRate(text: string): number | undefined {
  const match = RATE.exec(text.trim());
  return match ? Number(match[1]) / (SECONDS[match[2] ?? ''] ?? NaN) : undefined;
}

/** The fraction of a share such as `0.1%` (0.001); undefined when it is none or above 100 %. */
export function parseShare(text: string): number | undefined {
  const match = SHARE.exec(text.trim());
  const fraction = match ? rounded(Number(match[1]) / 100) : undefined;
  return fraction !== undefined && fraction <= 1 ? fraction : undefined;
}

/** Bytes of a size such as `16KB`, `64MiB`; undefined when it is none. */
export function parseSize(text: string): number | undefined {
  const match = SIZE.exec(text.trim());
  return match ? Math.round(Number(match[1]) * (BYTES[match[2] ?? ''] ?? NaN)) : undefined;
}

/** A duration for people, from seconds, to three digits: `250 us`, `99.8 ms`, `1.5 s`, `5 min`. */
export function formatDuration(seconds: number): string {
  // Rounded first, so that 999.9 us becomes 1 ms, not "1000 us".
  const rounded = Number(seconds.toPrecision(3));
  const size = Math.abs(rounded);
  if (size === 0) return '0 s';
  if (size < 1e-3) return `${trim(seconds * 1e6)} us`;
  if (size < 1) return `${trim(seconds * 1e3)} ms`;
  if (size < 120) return `${trim(seconds)} s`;
  return size < 7200 ? `${trim(seconds / 60)} min` : `${trim(seconds / 3600)} h`;
}

/** A text that `parse` understands; the pattern is for editors. Its words say what is allowed, also for a wrong type. */
const unit = (parse: (text: string) => number | undefined, what: string, pattern: RegExp): z.ZodType<number, string> =>
  z
    .string({ error: what })
    .regex(pattern, { error: what, abort: true })
    .transform((text, context) => {
      const value = parse(text);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: `${what}, not ${JSON.stringify(text)}` });
      return z.NEVER;
    });

/** zod: `250ms` -> 0.25 (seconds). */
export const duration = (): z.ZodType<number, string> =>
  unit(parseDuration, 'must be a duration such as 250ms, 1.5s, 5m or 1h', DURATION);
/** zod: `500/s` -> 500 (per second). */
export const rate = (): z.ZodType<number, string> => unit(parseRate, 'must be a rate such as 500/s or 30/m', RATE);
/** zod: `0.1%` -> 0.001. */
export const share = (): z.ZodType<number, string> =>
  unit(parseShare, 'must be a share such as 0.1% (at most 100%)', SHARE);
/** zod: `16KB` -> 16000 (bytes). */
export const size = (): z.ZodType<number, string> => unit(parseSize, 'must be a size such as 16KB or 64MiB', SIZE);

function trim(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** 0.1 * 3 style dust would show up in records and messages. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
