import { duration, rate, share } from '@loadlab/foundation';
import { z } from 'zod';

/** How the mock answers, and where. Units as the names say; a share is a fraction. */
export interface MockOptions {
  /** The address to listen at. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** From the last byte of a request to its JSON answer; with a sigma, the median. */
  readonly latencySeconds: number;
  /** Sigma of the log-normal that latencies are drawn from; 0 makes them constant. */
  readonly latencySigma: number;
  /** From the last byte of a request to the first token of a stream. */
  readonly ttftSeconds: number;
  /** Between tokens of a stream. */
  readonly gapSeconds: number;
  /** Length of an answer, unless the request caps it. */
  readonly tokens: number;
  /** The fraction of requests that fail. */
  readonly errorRate: number;
  /** The HTTP status of those. */
  readonly errorStatus: number;
  /** Requests a second before 429, over all workers; 0 for no limit. */
  readonly rateLimitPerSecond: number;
  /** Processes that answer. */
  readonly workers: number;
  /** Same seed, same latencies and errors. */
  readonly seed: number;
}

/** The longest time that statistics can record. */
const MAX_SECONDS = 3600;

const wholeNumber = (what: string, min: number, max: number): z.ZodType<number, string> =>
  z.string().transform((text, context) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    context.addIssue({
      code: 'custom',
      message: `must be ${what} (a whole number, ${min} to ${max})`,
    });
    return z.NEVER;
  });

const schedulable = (): z.ZodType<number, string> =>
  duration().refine((seconds) => seconds <= MAX_SECONDS, { error: 'must be at most 1h' });

const sigma = z.string().transform((text, context) => {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (value <= 3) return value;
  context.addIssue({ code: 'custom', message: `must be a number without a unit, 0 to 3` });
  return z.NEVER;
});

/** What is wrong with a value: the schema's words with what was seen, which some of them say themselves. */
export function refusal(message: string, text: string | undefined): string {
  return message.includes(', not ') ? message : `${message}, not ${JSON.stringify(text)}`;
}

/** How each value is written, by the name of its flag: on the command line, in `MOCK_*` variables, in a model's name. */
export const valueSchemas = {
  host: z.string().regex(/^[\w.:-]+$/, { error: 'must be an address such as 127.0.0.1 or ::' }),
  port: wholeNumber('a port', 0, 65_535),
  latency: schedulable(),
  'latency-sigma': sigma,
  ttft: schedulable(),
  gap: schedulable(),
  tokens: wholeNumber('a number of tokens', 1, 32_768),
  'error-rate': share(),
  'error-status': wholeNumber('an HTTP status of an error', 400, 599),
  'rate-limit': rate(),
  workers: wholeNumber('a number of processes', 1, 64),
  seed: wholeNumber('a seed', 0, 2 ** 31 - 1),
} satisfies Record<string, z.ZodType<string | number, string>>;

export type FlagName = keyof typeof valueSchemas;

/** What holds for a flag that is not given, as one would write it. */
export const defaultValues: Readonly<Record<FlagName, string>> = {
  host: '::',
  port: '8080',
  latency: '100ms',
  'latency-sigma': '0',
  ttft: '50ms',
  gap: '10ms',
  tokens: '16',
  'error-rate': '0%',
  'error-status': '500',
  'rate-limit': '0/s',
  workers: '1',
  seed: '1',
};

/** Values by the name of their flag -> options. Issues carry the flag's name as their path. */
export const optionsSchema = z.strictObject(valueSchemas).transform((values): MockOptions => ({
  host: values.host,
  port: values.port,
  latencySeconds: values.latency,
  latencySigma: values['latency-sigma'],
  ttftSeconds: values.ttft,
  gapSeconds: values.gap,
  tokens: values.tokens,
  errorRate: values['error-rate'],
  errorStatus: values['error-status'],
  rateLimitPerSecond: values['rate-limit'],
  workers: values.workers,
  seed: values.seed,
}));

/** The options of a mock without any flag. */
export const defaultOptions: MockOptions = optionsSchema.parse(defaultValues);
