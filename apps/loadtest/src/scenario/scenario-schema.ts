import { z } from 'zod';
import { duration, rate, share } from '@loadlab/foundation';
import { checkRequestHeaders } from './request-headers';
import type { Scenario } from './scenario';

/** Histograms reach to one hour (docs/decisions/0035-what-a-record-holds.md), so nothing may be allowed to take longer. */
const LONGEST_TIMEOUT_SECONDS = 3600;
const LONGEST_WINDOW_SECONDS = 24 * 3600;
const LARGEST_PROMPT_BYTES = 10_000_000;
/** What tells unique prompts apart is a UUID at their start. */
const UUID_BYTES = 36;

/** Names are used as names of folders. */
export const SCENARIO_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const always = { when: () => true };

/** A duration within bounds, both in the spelling that people use: `1h`. */
const boundedDuration = (what: string, { above, most }: { above?: number; most: number }) =>
  duration()
    .refine((seconds) => above === undefined || seconds > above, { error: `${what} must be longer than 0 s` })
    .refine((seconds) => seconds <= most, { error: `${what} may last at most ${most / 3600} h` });

const thinkTime = z
  .union([
    duration(),
    z
      .strictObject({ min: duration(), max: duration() })
      .refine(({ min, max }) => min <= max, { error: 'min is longer than max' }),
  ])
  .transform((value) => (typeof value === 'number' ? { min: value, max: value } : value))
  .describe('Pause between an answer and the next request: one duration, or uniform between min and max');

const closed = z
  .strictObject({
    users: z.number().int().min(1).max(1_000_000).describe('How many users there are'),
    thinkTime: thinkTime.prefault('0s'),
    rampUp: rate()
      .refine((perSecond) => perSecond > 0, { error: 'must be above 0/s' })
      .exactOptional()
      .describe('New users per second; all within the first second when absent'),
  })
  .describe('A fixed number of users, each of whom waits for an answer before going on');

const open = z
  .strictObject({
    rate: rate()
      .refine((perSecond) => perSecond > 0, { error: 'must be above 0/s' })
      .describe('Requests per second, such as 500/s'),
    process: z.enum(['poisson', 'uniform']).default('poisson'),
    maxInFlight: z.number().int().min(1).default(10_000).describe('Arrivals beyond this count as timeouts'),
  })
  .describe('Requests that arrive at a rate of their own');

const arrival = z
  .strictObject({ closed: closed.exactOptional(), open: open.exactOptional() })
  .refine((value) => Object.keys(value).length === 1, {
    error: 'exactly one of closed (users) and open (a rate) must be given: the two contradict each other',
    ...always,
  })
  .transform((value, context): Scenario['arrival'] => {
    if (value.closed !== undefined) return { closed: value.closed };
    if (value.open !== undefined) return { open: value.open };
    context.addIssue({ code: 'custom', message: 'exactly one of closed and open must be given' });
    return z.NEVER;
  })
  .meta({ minProperties: 1, maxProperties: 1 });

const PROMPT_KINDS = ['bytes', 'text', 'file'] as const;

const prompt = z
  .strictObject({
    bytes: z
      .number()
      .int()
      .min(1)
      .max(LARGEST_PROMPT_BYTES)
      .exactOptional()
      .describe('A generated prompt of this size'),
    unique: z.boolean().exactOptional().describe('With bytes: no two requests alike (default true)'),
    text: z.string().min(1).max(LARGEST_PROMPT_BYTES).exactOptional().describe('The same words each time'),
    file: z.string().min(1).exactOptional().describe('JSON Lines: each line a string, or an object with "prompt"'),
    order: z.enum(['sequential', 'shuffled']).exactOptional().describe('With file: the order (default sequential)'),
  })
  .superRefine((value, context) => {
    const kinds = PROMPT_KINDS.filter((kind) => kind in value);
    const fail = (path: string[], message: string): void => context.addIssue({ code: 'custom', path, message });
    if (kinds.length !== 1)
      fail([], `exactly one of ${PROMPT_KINDS.join(', ')} must be given, not ${kinds.join(' and ') || 'none'}`);
    if ('unique' in value && !('bytes' in value)) fail(['unique'], 'goes only with bytes');
    if ('order' in value && !('file' in value)) fail(['order'], 'goes only with file');
    if (value.bytes !== undefined && value.bytes < UUID_BYTES && value.unique !== false)
      fail(['bytes'], `${value.bytes} bytes cannot be unique: at least ${UUID_BYTES}, or unique: false`);
  }, always)
  .transform((value, context): Scenario['request']['prompt'] => {
    if (value.bytes !== undefined) return { bytes: value.bytes, unique: value.unique ?? true };
    if (value.text !== undefined) return { text: value.text };
    if (value.file !== undefined) return { file: value.file, order: value.order ?? 'sequential' };
    context.addIssue({ code: 'custom', message: `one of ${PROMPT_KINDS.join(', ')} must be given` });
    return z.NEVER;
  })
  .meta({ dependentRequired: { unique: ['bytes'], order: ['file'] } });

const request = z.strictObject({
  path: z
    .string()
    .regex(/^\/[^\s#]*$/, { error: 'must be a path such as /v1/chat/completions' })
    .default('/v1/chat/completions'),
  model: z.string().min(1),
  prompt,
  maxTokens: z.number().int().min(1).exactOptional(),
  stream: z.boolean().default(false),
  headers: z
    .record(z.string(), z.string({ error: 'must be text in quotes, or env:NAME' }))
    .superRefine(checkRequestHeaders)
    .default({})
    .describe('Values may be env:NAME; credentials must be'),
});

const objective = () =>
  duration()
    .refine((seconds) => seconds > 0, { error: 'must be longer than 0 s' })
    .exactOptional();

const slo = z
  .strictObject({
    p50: objective(),
    p90: objective(),
    p95: objective(),
    p99: objective(),
    p999: objective(),
    ttftP50: objective().describe('Time to the first token; streaming only'),
    ttftP95: objective(),
    gapP50: objective().describe('Between tokens; streaming only'),
    gapP95: objective(),
    overheadP95: objective().describe("Of LiteLLM's own overhead header"),
    errorRate: share().exactOptional().describe('Highest share of failed requests, such as 0.1%'),
    rate: rate().exactOptional().describe('Lowest achieved rate, such as 1100/s'),
  })
  .describe('Objectives; a missed one makes the exit code 1');

const STREAMING_OBJECTIVES = ['ttftP50', 'ttftP95', 'gapP50', 'gapP95'] as const;

/** A scenario file: what people write in, a `Scenario` with defaults filled in, seconds, rates per second and fractions out. */
export const scenarioSchema: z.ZodType<Scenario> = z
  .strictObject({
    name: z.string().regex(SCENARIO_NAME, {
      error: ({ input }) => `must be 1 to 64 letters, digits, dots, dashes or _, not ${JSON.stringify(input)}`,
    }),
    description: z.string().exactOptional(),
    arrival,
    warmUp: boundedDuration('the warm-up', { most: LONGEST_WINDOW_SECONDS })
      .prefault('0s')
      .describe('After the ramp-up; excluded from every figure'),
    duration: boundedDuration('the window', { above: 0, most: LONGEST_WINDOW_SECONDS }).describe('The measured window'),
    timeout: boundedDuration('the timeout', { above: 0, most: LONGEST_TIMEOUT_SECONDS })
      .prefault('60s')
      .describe('Per request, from its intended start'),
    request,
    seed: z.number().int().min(0).max(0xffff_ffff).default(1).describe('Same seed, same schedule and prompts'),
    slo: slo.default({}),
  })
  .superRefine((value: { request?: { stream?: unknown } | undefined; slo?: object | undefined }, context) => {
    if (value.request?.stream === true || value.slo === undefined) return;
    for (const name of STREAMING_OBJECTIVES.filter((objectiveName) => objectiveName in (value.slo ?? {})))
      context.addIssue({ code: 'custom', path: ['slo', name], message: 'needs request.stream: true' });
  }, always)
  .meta({ title: 'LoadLab scenario' });
