import type { Measurement } from '../measurement/measurement';
import type { Scenario } from '../scenario/scenario';
import { judgeObjectives } from '../slo/judge-objectives';
import { dispatchLagP99, failures, reasonsForDistrust } from '../validity/judge-validity';
import { describeDistribution, describeIfAny } from './describe-distribution';
import { bucketAtQuantile, decodeDistribution } from './distribution';
import { joinRounds } from './join-rounds';
import { littlesBound } from './littles-bound';
import { optional } from './optional';
import { directShift, type Pair } from './quantile-shift';
import type { MeasuredSection, Overhead, Provenance, RoundReference, RunRecord } from './record-schema';
import { RECORD_SCHEMA } from './record-schema';
import { recordedScenario } from './recorded-scenario';
import { type HourlyCost, runCost } from './run-cost';
import { seal } from './seal';

/** The measurements of a run, each address's rounds in the order in which they ran; the k-th of either are a pair. */
export interface MeasuredRounds {
  readonly target: readonly Measurement[];
  /** Rounds past the gateway, at the same arrival schedules. @default - none, and then no `overhead.direct` */
  readonly direct?: { readonly target: string; readonly rounds: readonly Measurement[] };
}

/** What a record says besides what was measured. */
export interface RecordContext {
  readonly id: string;
  readonly scenario: Scenario;
  /** Base address, without credentials. */
  readonly target: string;
  /** What is known before the run; seed and LiteLLM's version are filled in from the run itself. */
  readonly provenance: Omit<Provenance, 'seed' | 'litellmVersion'>;
  /** The files of the single rounds. @default - none: the run had one */
  readonly rounds?: readonly RoundReference[];
  /** Whether rounds were left out because the run was interrupted. @default - false */
  readonly interrupted?: boolean;
  /** What happened to the target meanwhile, in words, so that the figures are not of one and the same target. @default - nothing */
  readonly disturbances?: readonly string[];
  /** What the target costs an hour. @default - not known, and then no `cost` */
  readonly cost?: HourlyCost;
}

/** Makes the record of a run: every figure of contracts and reports is derived here, from the rounds' measurements alone. */
export function buildRecord(measured: MeasuredRounds, context: RecordContext): RunRecord {
  const { target, direct } = measured;
  const arrival = 'open' in context.scenario.arrival ? 'open' : 'closed';
  const distrust = (rounds: readonly Measurement[], kind: string): string[] =>
    rounds.flatMap((round, index) =>
      reasonsForDistrust(round, arrival).map((reason) =>
        target.length + (direct?.rounds.length ?? 0) > 1 ? `${kind} round ${index + 1}: ${reason}` : reason,
      ),
    );
  return assembleRecord(
    {
      target: joinRounds(target),
      ...(direct === undefined || direct.rounds.length === 0
        ? {}
        : { direct: { target: direct.target, measurement: joinRounds(direct.rounds) } }),
      pairs: pairsOf(measured),
      reasons: [
        ...(context.disturbances ?? []),
        ...distrust(target, 'target'),
        ...distrust(direct?.rounds ?? [], 'direct'),
      ],
    },
    context,
  );
}

/** All that a record's figures are derived from, whether it comes from rounds or from other records. */
export interface JoinedRounds {
  readonly target: Measurement;
  readonly direct?: { readonly target: string; readonly measurement: Measurement };
  readonly pairs: readonly Pair[];
  /** Why the run cannot be trusted. */
  readonly reasons: readonly string[];
}

/** As `buildRecord`, from measurements that are joined already. */
export function assembleRecord(joined: JoinedRounds, context: RecordContext): RunRecord {
  const { target, direct, pairs, reasons } = joined;
  const { scenario } = context;
  const partial = target.partial || context.interrupted === true;
  const section = measuredSection(context.target, { ...target, partial }, scenario, direct?.measurement);
  const overhead = overheadOf(target, pairs);
  const { litellmVersion } = target;
  return seal({
    schema: RECORD_SCHEMA,
    id: context.id,
    scenario: recordedScenario(scenario),
    ...section,
    ...optional('direct', direct && measuredSection(direct.target, direct.measurement, scenario)),
    ...optional('overhead', overhead),
    validity: { valid: reasons.length === 0, reasons: [...reasons] },
    slo: judgeObjectives(scenario.slo, { ...section, ...optional('overhead', overhead) }),
    ...optional('rounds', context.rounds && [...context.rounds]),
    ...optional('cost', context.cost && costOf(context.cost, joined, section.rate.achieved, context)),
    provenance: {
      ...context.provenance,
      seed: scenario.seed,
      ...optional('litellmVersion', litellmVersion),
    },
  });
}

/** Windows and warm-ups of all rounds: the target stands idle, and is paid for, while requests go past it. */
function costOf(
  hourly: HourlyCost,
  { target, direct }: JoinedRounds,
  achieved: number,
  { scenario, rounds }: RecordContext,
): RunRecord['cost'] {
  const warmUps = (rounds?.length ?? 1) * scenario.warmUp;
  const seconds = target.windowSeconds + (direct?.measurement.windowSeconds ?? 0) + warmUps;
  return runCost(hourly, { seconds, achieved });
}

/** Rounds that were cut short had another load than their partner, and say nothing about the difference. */
function pairsOf({ target, direct }: MeasuredRounds): Pair[] {
  return target.flatMap((round, index) => {
    const partner = direct?.rounds[index];
    if (partner === undefined || round.partial || partner.partial) return [];
    return [{ target: round.histograms.latency, direct: partner.histograms.latency }];
  });
}

function measuredSection(
  address: string,
  measurement: Measurement,
  scenario: Scenario,
  direct?: Measurement,
): MeasuredSection {
  const { counts, windowSeconds, histograms, generator, failureSamples } = measurement;
  const finished = counts.started - counts.unfinished;
  const lag = dispatchLagP99(measurement);
  const perSecond = (events: number): number => (windowSeconds > 0 ? events / windowSeconds : 0);
  const bound = littlesBound(
    scenario,
    decodeDistribution(histograms.serviceTime),
    direct === undefined ? undefined : decodeDistribution(direct.histograms.latency),
  );
  return {
    target: address,
    window: {
      startedAt: measurement.startedAt,
      warmUpSeconds: measurement.warmUpSeconds,
      seconds: windowSeconds,
      partial: measurement.partial,
    },
    counts: { ...counts, failed: { ...counts.failed } },
    ...(finished > 0 ? { errorRate: failures(counts) / finished } : {}),
    rate: {
      offered: perSecond(counts.started),
      achieved: perSecond(measurement.completedInWindow),
      completedInWindow: measurement.completedInWindow,
      ...bound,
    },
    latency: describeDistribution(histograms.latency, measurement.censored),
    ...optional('serviceTime', describeIfAny(histograms.serviceTime)),
    ...optional('failedLatency', describeIfAny(histograms.failedLatency)),
    ...optional('timeToFirstToken', describeIfAny(histograms.timeToFirstToken)),
    ...optional('interTokenGap', describeIfAny(histograms.interTokenGap)),
    ...optional('tokens', tokensOf(measurement)),
    generator: { ...generator, ...optional('dispatchLagP99Us', lag) },
    series: measurement.series.map((second) => ({ ...second, ...secondPercentiles(second.latency) })),
    ...(failureSamples.length === 0 ? {} : { failureSamples: [...failureSamples] }),
  };
}

function tokensOf({ outputTokens, windowSeconds, histograms }: Measurement): MeasuredSection['tokens'] {
  if (outputTokens === 0 || windowSeconds === 0) return undefined;
  const rates = histograms.streamTokenRateMilli;
  const median = rates === undefined ? undefined : bucketAtQuantile(decodeDistribution(rates), 0.5);
  return {
    output: outputTokens,
    outputPerSecond: outputTokens / windowSeconds,
    ...(rates === undefined || median === undefined
      ? {}
      : { perStreamPerSecond: { p50: median.high / 1000, histogramMilli: rates } }),
  };
}

function overheadOf({ histograms, censored }: Measurement, pairs: readonly Pair[]): Overhead | undefined {
  const overhead: Overhead = {
    ...optional('header', describeIfAny(histograms.headerOverhead)),
    ...optional('queueing', describeIfAny(histograms.queueing)),
    ...optional('direct', directShift(pairs, censored)),
  };
  return Object.keys(overhead).length === 0 ? undefined : overhead;
}

function secondPercentiles(histogram: string | undefined): { p50?: number; p99?: number } {
  if (histogram === undefined) return {};
  const distribution = decodeDistribution(histogram);
  return {
    ...optional('p50', bucketAtQuantile(distribution, 0.5)?.high),
    ...optional('p99', bucketAtQuantile(distribution, 0.99)?.high),
  };
}
