import { z } from 'zod';
import { FAILURE_CLASSES } from '../measurement/measurement';
import { recordedScenarioSchema } from './recorded-scenario';

/** What every record says of itself. */
export const RECORD_SCHEMA = 'loadlab.run/v1';

const count = () => z.number().int().nonnegative();
const microseconds = () => z.number().nonnegative();
const share = () => z.number().min(0).max(1);
const histogram = () =>
  z
    .string()
    .regex(/^HIST[A-Za-z0-9+/]+=*$/, { error: 'must be an encoded HDR histogram (HISTFAAA…)' })
    .describe('HDR histogram, V2 compressed, base64; 1 us to 1 h, 3 significant digits');

/** Percentiles and the histogram they come from. A percentile with too few samples is absent, never zero. */
const distribution = z.strictObject({
  unit: z.literal('us'),
  count: count(),
  mean: microseconds().exactOptional(),
  min: microseconds().exactOptional(),
  p50: microseconds().exactOptional(),
  p90: microseconds().exactOptional(),
  p95: microseconds().exactOptional(),
  p99: microseconds().exactOptional().describe('Needs 1,000 samples'),
  p999: microseconds().exactOptional().describe('Needs 10,000 samples'),
  max: microseconds().exactOptional(),
  censored: count().exactOptional().describe('How many samples are timeouts, entered at the limit'),
  atLeast: z
    .array(z.enum(['mean', 'p50', 'p90', 'p95', 'p99', 'p999', 'max']))
    .exactOptional()
    .describe('The figures that fall among the timeouts: the truth is this or more'),
  histogram: histogram(),
});

const counts = z.strictObject({
  started: count(),
  succeeded: count(),
  unfinished: count(),
  failed: z.strictObject({
    status4xx: count(),
    status429: count(),
    status5xx: count(),
    timeout: count(),
    connect: count(),
    reset: count(),
    tls: count(),
    protocol: count(),
    content: count(),
  } satisfies Record<(typeof FAILURE_CLASSES)[number], z.ZodType>),
});

const failureClass = z.enum(FAILURE_CLASSES);

const generator = z.strictObject({
  processes: count(),
  lostProcesses: count(),
  cpu: z.number().nonnegative().describe("Of one core: the worst process's p95 over seconds"),
  eventLoopUtilization: z.number().nonnegative(),
  dispatchLagP99Us: microseconds().exactOptional(),
  dispatchLag: histogram(),
  maxRssMb: z.number().nonnegative(),
  capHit: z.boolean(),
});

const seriesSecond = z.strictObject({
  second: z.number().int(),
  started: count(),
  succeeded: count(),
  failed: count(),
  failedByClass: z.partialRecord(failureClass, count()).exactOptional(),
  p50: microseconds().exactOptional(),
  p99: microseconds().exactOptional(),
  latency: histogram().exactOptional(),
});

/** What was measured at one address: the target's part of a record, and the direct rounds' part likewise. */
const measured = {
  target: z.string().describe('Base address, without credentials'),
  window: z.strictObject({
    startedAt: z.iso.datetime(),
    warmUpSeconds: z.number().nonnegative(),
    seconds: z.number().nonnegative().describe('Of all rounds together'),
    partial: z.boolean(),
  }),
  counts,
  errorRate: share().exactOptional().describe('failed / (started - unfinished); absent when nothing was finished'),
  rate: z.strictObject({
    offered: z.number().nonnegative(),
    achieved: z.number().nonnegative(),
    completedInWindow: count(),
    littlesBound: z.number().positive().exactOptional(),
    boundBasis: z.enum(['direct', 'serviceTimeP1']).exactOptional(),
  }),
  latency: distribution.describe('Successes and timeouts, from the intended start'),
  serviceTime: distribution.exactOptional().describe('Successes, from the actual send'),
  failedLatency: distribution.exactOptional().describe('All failures but timeouts, from the intended start'),
  timeToFirstToken: distribution.exactOptional(),
  interTokenGap: distribution.exactOptional(),
  tokens: z
    .strictObject({
      output: count(),
      outputPerSecond: z.number().nonnegative(),
      perStreamPerSecond: z
        .strictObject({
          p50: z.number().nonnegative(),
          histogramMilli: histogram().describe('Tokens per second, in thousandths'),
        })
        .exactOptional(),
    })
    .exactOptional(),
  generator,
  series: z.array(seriesSecond).describe('For pictures; rounds follow one another'),
  failureSamples: z
    .array(z.strictObject({ class: failureClass, message: z.string(), count: count() }))
    .exactOptional()
    .describe("The target's own words"),
};

const shift = z.strictObject({
  shiftUs: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  atLeast: z.boolean().exactOptional().describe('The quantile falls among timeouts: the shift is this or more'),
});

const overhead = z.strictObject({
  header: distribution.exactOptional().describe('x-litellm-overhead-duration-ms'),
  queueing: distribution.exactOptional().describe("Waiting before LiteLLM's clock starts"),
  direct: z
    .strictObject({
      p50: shift.exactOptional(),
      p95: shift.exactOptional(),
      p99: shift.exactOptional(),
      basis: z.enum(['rounds', 'orderStatistics']).describe('What the interval is made of'),
      confidence: z.number(),
      pairs: z.array(z.strictObject({ target: histogram(), direct: histogram() })).min(1),
    })
    .exactOptional(),
});

const objective = z.strictObject({
  objective: z.string(),
  limit: z.number(),
  measured: z.number().exactOptional(),
  atLeast: z.boolean().exactOptional(),
  unit: z.enum(['us', 'share', '1/s']),
  met: z.boolean(),
  reason: z.string().exactOptional().describe('Why it could not be judged'),
});

const cost = z.strictObject({
  currency: z.literal('USD'),
  hourly: z.number().nonnegative().describe('Of all that was deployed while it was measured'),
  run: z.number().nonnegative().describe('Of the rounds with their warm-ups, direct ones included'),
  perMillionRequests: z
    .number()
    .nonnegative()
    .exactOptional()
    .describe('At the achieved rate; absent when nothing was completed'),
  notCounted: z.array(z.string()).describe('What depends on use, and is in none of these'),
  basis: z.string().describe('Whose prices, of when, and of what'),
});

const provenance = z.strictObject({
  loadlab: z.string(),
  gitSha: z.string().exactOptional(),
  node: z.string(),
  machine: z.strictObject({
    cpu: z.string(),
    cores: z.number().int().positive(),
    memoryGb: z.number().positive(),
    os: z.string(),
  }),
  gateway: z
    .strictObject({ tasks: z.number().int().positive(), workersPerTask: z.number().int().positive() })
    .exactOptional()
    .describe('What stood behind the target, where it is known'),
  seed: z.number().int(),
  idleRoundTripUs: microseconds().exactOptional(),
  configSha256: z.string().exactOptional().describe("Of LiteLLM's config.yaml"),
  litellmVersion: z.string().exactOptional(),
  labels: z.record(z.string(), z.string()),
});

/** `result.json`: one run, all its figures and what they come from. */
export const recordSchema = z
  .strictObject({
    schema: z.literal(RECORD_SCHEMA),
    id: z.string().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, { error: 'must be a SHA-256 in hexadecimal' }),
    scenario: recordedScenarioSchema,
    ...measured,
    direct: z.strictObject(measured).exactOptional().describe('The direct rounds, past the gateway'),
    overhead: overhead.exactOptional(),
    validity: z.strictObject({ valid: z.boolean(), reasons: z.array(z.string()) }),
    slo: z.array(objective),
    rounds: z
      .array(z.strictObject({ kind: z.enum(['target', 'direct']), file: z.string() }))
      .exactOptional()
      .describe('In the order in which they ran'),
    cost: cost.exactOptional().describe('Only where what was deployed is known'),
    provenance,
  })
  .meta({ title: 'LoadLab run record' });

/** One run: what was asked for, what was measured, whether it can be trusted, and where it comes from. */
export type RunRecord = z.output<typeof recordSchema>;
/** What a record holds of one address. */
export type MeasuredSection = NonNullable<RunRecord['direct']>;
export type DistributionSection = z.output<typeof distribution>;
export type Overhead = z.output<typeof overhead>;
export type DirectShift = NonNullable<Overhead['direct']>;
export type QuantileShift = z.output<typeof shift>;
export type JudgedObjective = z.output<typeof objective>;
export type Validity = RunRecord['validity'];
export type Provenance = z.output<typeof provenance>;
export type RoundReference = NonNullable<RunRecord['rounds']>[number];
