import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { EXIT, type ExitCode, InputError, isError, type Problem } from '@loadlab/foundation';
import { buildRecord, type MeasuredRounds, type RecordContext } from '../record/build-record';
import { writeRecord } from '../record/record-file';
import type { Provenance, RoundReference, RunRecord } from '../record/record-schema';
import type { HourlyCost } from '../record/run-cost';
import { writeReports } from '../report/write-reports';
import type { Scenario } from '../scenario/scenario';
import { exitCodeOf } from '../slo/exit-code';
import { errorCode } from './error-code';
import { type Addresses, type Endpoints, requestHeaders, resolveEndpoints } from './endpoints';
import type { LoadGenerator, Progress } from './load-generator';
import { defaultOutputFolder, openOutputFolder } from './output-folder';
import { probe } from './probe';
import { type LocalProvenance, localProvenance } from './provenance';
import { redactor } from './redact';
import { type PlannedRound, planRounds } from './round-plan';
import { type MeasuredRound, runRounds } from './run-rounds';

/** What to run, against what, and where the results go. */
export interface RunOptions extends Addresses {
  readonly scenario: Scenario;
  /** As the user named it, for problems. */
  readonly scenarioFile: string;
  /** Of `request.prompt.file`, as `loadScenario` read them. */
  readonly prompts?: readonly string[];
  /** @default - `results/<time>-<scenario>` */
  readonly out?: string;
  /** How many rounds, or pairs of rounds where there is a direct address. @default - 1 */
  readonly rounds?: number;
  /** Processes of the load generator. @default - 1 */
  readonly processes?: number;
  readonly labels?: Readonly<Record<string, string>>;
  /** What stands behind the target, where the caller knows. */
  readonly gateway?: NonNullable<Provenance['gateway']>;
  /** Of LiteLLM's config.yaml, where the caller knows. */
  readonly configSha256?: string;
  /** What the target costs an hour, where the caller knows. */
  readonly cost?: HourlyCost;
  /** Asked at the end: what happened to the target meanwhile (a task was replaced); anything makes the run invalid. @default - nothing */
  readonly disturbances?: () => readonly string[];
  /** Aborted: what was measured so far is kept, marked partial. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** What is to be told while a run goes on; rounds are counted from 1. */
export type RunEvent =
  | { readonly type: 'warning'; readonly problem: Problem }
  | { readonly type: 'round'; readonly round: PlannedRound; readonly index: number; readonly of: number }
  | { readonly type: 'progress'; readonly progress: Progress; readonly index: number; readonly of: number };

/** The world around a run, so that a test can stand in for it. */
export interface RunSurroundings {
  readonly generateLoad: LoadGenerator;
  readonly variables: NodeJS.ProcessEnv;
  readonly provenance: LocalProvenance;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** What came of a run. */
export interface RunOutcome {
  /** Absent when the run was interrupted before a round against the target had begun. */
  readonly record?: RunRecord;
  /** Where records and pages lie. */
  readonly folder: string;
  /** Their names in the folder. */
  readonly files: readonly string[];
  readonly exitCode: ExitCode;
}

const MOST_ROUNDS = 100;
const MOST_PROCESSES = 64;

/** This process's environment, machine, clock and randomness. */
export function processSurroundings(generateLoad: LoadGenerator): RunSurroundings {
  return {
    generateLoad,
    variables: process.env,
    provenance: localProvenance(),
    now: () => new Date(),
    newId: randomUUID,
  };
}

/**
 * Runs a load test: checks all that can be checked, sends one probe request to each address, runs the rounds, and writes
 * records and pages.
 * @throws {InputError} with all problems, before any load and with nothing left behind
 */
export async function runLoadTest(options: RunOptions, surroundings: RunSurroundings): Promise<RunOutcome> {
  const { scenario, scenarioFile, signal } = options;
  const resolved = resolveEndpoints(options, scenarioFile, scenario, surroundings.variables);
  const opened = openOutputFolder(options.out ?? defaultOutputFolder(surroundings.now(), scenario.name));
  const problems = [
    ...resolved.problems,
    ...notBetween('--rounds', options.rounds ?? 1, MOST_ROUNDS),
    ...notBetween('--processes', options.processes ?? 1, MOST_PROCESSES),
    ...('problem' in opened ? [opened.problem] : []),
  ];
  if (resolved.endpoints === undefined || 'problem' in opened || problems.length > 0) {
    if ('folder' in opened) opened.folder.discard();
    throw new InputError(problems);
  }
  const { folder } = opened;
  try {
    await probeAll(resolved.endpoints, options);
    const measured = await measure(resolved.endpoints, folder.path, options, surroundings);
    return conclude(measured, resolved.endpoints, folder.path, options, surroundings);
  } catch (error) {
    if (signal?.aborted !== true || !isAbort(error)) throw error;
    return { folder: folder.path, files: [], exitCode: EXIT.interrupted };
  } finally {
    folder.discard();
  }
}

async function probeAll(endpoints: Endpoints, options: RunOptions): Promise<void> {
  const { scenario, prompts, signal, onEvent } = options;
  const found = await Promise.all(
    [endpoints.target, endpoints.direct]
      .filter((endpoint) => endpoint !== undefined)
      .map(async (endpoint) => {
        const redact = redactor(endpoint.secrets);
        const { flag, address, keyVariable } = endpoint;
        const problems = await probe({
          flag,
          address,
          scenario,
          headers: requestHeaders(endpoint),
          ...(prompts === undefined ? {} : { prompts }),
          ...(keyVariable === undefined ? {} : { keyVariable }),
          ...(signal === undefined ? {} : { signal }),
        });
        return problems.map((problem) => ({ ...problem, message: redact(problem.message) }));
      }),
  );
  const problems = found.flat();
  if (problems.some(isError)) throw new InputError(problems);
  for (const problem of problems) onEvent?.({ type: 'warning', problem });
}

/** Runs the rounds; where there are several, each leaves its own record as soon as it is over. */
async function measure(
  endpoints: Endpoints,
  folder: string,
  options: RunOptions,
  surroundings: RunSurroundings,
): Promise<MeasuredRound[]> {
  const { prompts, processes = 1, signal, onEvent } = options;
  const rounds = planRounds(options.scenario, options.rounds ?? 1, endpoints.direct !== undefined);
  const of = rounds.length;
  return runRounds(rounds, {
    endpoints,
    processes,
    generateLoad: surroundings.generateLoad,
    onRound: (round, index) => onEvent?.({ type: 'round', round, index: index + 1, of }),
    onProgress: (progress, index) => onEvent?.({ type: 'progress', progress, index: index + 1, of }),
    onMeasured: (measured) => {
      if (of > 1) writeRound(measured, endpoints, folder, options, surroundings);
    },
    ...(prompts === undefined ? {} : { prompts }),
    ...(signal === undefined ? {} : { signal }),
  });
}

function writeRound(
  { round, measurement, idleRoundTripUs }: MeasuredRound,
  { target, direct }: Endpoints,
  folder: string,
  options: RunOptions,
  surroundings: RunSurroundings,
): void {
  const { address } = round.kind === 'direct' ? (direct ?? target) : target;
  const context = contextOf(address, round.scenario, idleRoundTripUs, options, surroundings);
  writeRecord(join(folder, round.file), buildRecord({ target: [measurement] }, context));
}

/** The record of all rounds together, and its pages. */
function conclude(
  measured: readonly MeasuredRound[],
  { target, direct }: Endpoints,
  folder: string,
  options: RunOptions,
  surroundings: RunSurroundings,
): RunOutcome {
  const several = measured.length > 1 || (options.rounds ?? 1) > 1 || direct !== undefined;
  const files = several ? measured.map(({ round }) => round.file) : [];
  const ofKind = (kind: RoundReference['kind']): MeasuredRound[] => measured.filter(({ round }) => round.kind === kind);
  const [first] = ofKind('target');
  if (first === undefined) return { folder, files, exitCode: EXIT.interrupted };
  const rounds: MeasuredRounds = {
    target: ofKind('target').map(({ measurement }) => measurement),
    ...(direct === undefined
      ? {}
      : { direct: { target: direct.address, rounds: ofKind('direct').map(({ measurement }) => measurement) } }),
  };
  const context = contextOf(target.address, options.scenario, first.idleRoundTripUs, options, surroundings);
  const references = measured.map(({ round: { kind, file } }) => ({ kind, file }));
  const interrupted = measured.length < (options.rounds ?? 1) * (direct === undefined ? 1 : 2);
  const disturbances = options.disturbances?.() ?? [];
  const record = buildRecord(rounds, {
    ...context,
    interrupted,
    disturbances,
    ...(several ? { rounds: references } : {}),
  });
  writeRecord(join(folder, 'result.json'), record);
  const pages = writeReports(record, folder);
  return {
    record,
    folder,
    files: [...files, 'result.json', ...pages],
    exitCode: exitCodeOf(record),
  };
}

function contextOf(
  address: string,
  scenario: Scenario,
  idleRoundTripUs: number | undefined,
  { labels, gateway, configSha256, cost }: RunOptions,
  { newId, provenance }: RunSurroundings,
): RecordContext {
  return {
    id: newId(),
    scenario,
    target: address,
    ...(cost === undefined ? {} : { cost }),
    provenance: {
      ...provenance,
      labels: { ...labels },
      ...(idleRoundTripUs === undefined ? {} : { idleRoundTripUs }),
      ...(gateway === undefined ? {} : { gateway }),
      ...(configSha256 === undefined ? {} : { configSha256 }),
    },
  };
}

function notBetween(flag: string, value: number, most: number): Problem[] {
  if (Number.isInteger(value) && value >= 1 && value <= most) return [];
  return [{ file: `${flag} ${value}`, path: '', message: 'is not a whole number from 1', hint: `1 to ${most}` }];
}

function isAbort(error: unknown): boolean {
  return errorCode(error) === 'ABORT_ERR';
}
