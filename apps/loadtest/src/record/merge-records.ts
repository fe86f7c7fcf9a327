import { isDeepStrictEqual } from 'node:util';
import { InputError, type Problem } from '@loadlab/foundation';
import type { Scenario } from '../scenario/scenario';
import { assembleRecord } from './build-record';
import { joinRounds } from './join-rounds';
import { directMeasurementOf, measurementOf } from './measurement-of';
import type { RunRecord } from './record-schema';
import type { HourlyCost } from './run-cost';

/** A record and the file it was read from. */
export interface FiledRecord {
  readonly file: string;
  readonly record: RunRecord;
}

/**
 * Adds records of the same scenario against the same target, as if they were the rounds of one run: counts and histograms
 * add up exactly, nothing is averaged. The seed may differ, since rounds have each their own; the first record's is kept, and
 * so is its provenance, with the labels that all have in common.
 * @throws {InputError} when the records are not of the same load, saying what differs, when they ran at once, or when one is given twice
 */
export function mergeRecords(records: readonly FiledRecord[], id: string): RunRecord {
  const [first, ...others] = records;
  if (first === undefined) throw new InputError([{ file: 'records', path: '', message: 'none was given' }]);
  if (others.length === 0) return first.record;
  const repeated = repetitions(records);
  const problems = [
    ...others.flatMap((other) => differences(first, other)),
    ...(repeated.length > 0 ? repeated : overlaps(records)),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const directs = records.flatMap(({ record }) => directMeasurementOf(record) ?? []);
  const { seed: _seed, litellmVersion: _version, labels: _labels, ...provenance } = first.record.provenance;
  return assembleRecord(
    {
      target: joinRounds(records.map(({ record }) => measurementOf(record))),
      ...(first.record.direct === undefined
        ? {}
        : { direct: { target: first.record.direct.target, measurement: joinRounds(directs) } }),
      pairs: records.flatMap(({ record }) => record.overhead?.direct?.pairs ?? []),
      reasons: records.flatMap(({ file, record }) => record.validity.reasons.map((reason) => `${file}: ${reason}`)),
    },
    {
      id,
      scenario: first.record.scenario,
      target: first.record.target,
      provenance: { ...provenance, labels: commonLabels(records.map(({ record }) => record)) },
      ...commonCost(records.map(({ record }) => record)),
      rounds: records.flatMap(({ file, record }) => record.rounds ?? [{ kind: 'target' as const, file }]),
    },
  );
}

/** The cost an hour, where all records are of the same; runs of another size could not be added up anyway. */
function commonCost(records: readonly RunRecord[]): { readonly cost?: HourlyCost } {
  const [first, ...others] = records.map(({ cost }) => cost);
  return first === undefined || others.some((cost) => cost?.hourly !== first.hourly || cost.basis !== first.basis)
    ? {}
    : { cost: first };
}

/** What must be the same for runs to be rounds of one another, besides the scenario. */
const IDENTITY: Readonly<Record<string, (record: RunRecord) => unknown>> = {
  target: ({ target }) => target,
  'direct.target': ({ direct }) => direct?.target,
  'provenance.litellmVersion': ({ provenance }) => provenance.litellmVersion,
  'provenance.configSha256': ({ provenance }) => provenance.configSha256,
  'provenance.gateway': ({ provenance }) => provenance.gateway,
};

function differences(first: FiledRecord, other: FiledRecord): Problem[] {
  const differs = (path: string, message: string): Problem => ({
    file: other.file,
    path,
    message,
    hint: 'loadlab compare sets different runs side by side',
  });
  const scenario = differingPath(withoutSeed(first.record.scenario), withoutSeed(other.record.scenario));
  const identities = Object.entries(IDENTITY).flatMap(([path, valueOf]) => {
    const [mine, theirs] = [valueOf(first.record), valueOf(other.record)];
    if (isDeepStrictEqual(mine, theirs)) return [];
    return [differs(path, `is ${shown(theirs)} here and ${shown(mine)} in ${first.file}`)];
  });
  return [
    ...(scenario === undefined ? [] : [differs(`scenario.${scenario}`, `differs from that of ${first.file}`)]),
    ...identities,
  ];
}

function shown(value: unknown): string {
  return value === undefined ? 'absent' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** Rates of runs at once add up, those of rounds do not: laid end to end, parallel runs would come out at half their rate. */
function overlaps(records: readonly FiledRecord[]): Problem[] {
  const byStart = records
    .map(({ file, record: { window } }) => {
      const start = Date.parse(window.startedAt);
      return { file, start, end: start + window.seconds * 1000 };
    })
    .sort((left, right) => left.start - right.start);
  return byStart.flatMap(({ file, start }, index) => {
    const earlier = byStart.slice(0, index).find(({ end }) => end > start);
    return earlier === undefined
      ? []
      : [
          {
            file,
            path: 'window',
            message: `lies in the same time as that of ${earlier.file}`,
            hint: 'rounds run in turn',
          },
        ];
  });
}

/** Twice the same record would count every request twice. */
function repetitions(records: readonly FiledRecord[]): Problem[] {
  return records.flatMap(({ file, record }, index) => {
    const earlier = records.slice(0, index).find((candidate) => candidate.record.id === record.id);
    return earlier === undefined ? [] : [{ file, path: '', message: `is the same record as ${earlier.file}` }];
  });
}

/** The first path at which two scenarios differ, deepest part first found. */
function differingPath(left: unknown, right: unknown, path: readonly string[] = []): string | undefined {
  if (isDeepStrictEqual(left, right)) return undefined;
  if (!isObject(left) || !isObject(right)) return path.join('.');
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const found = differingPath(left[key], right[key], [...path, key]);
    if (found !== undefined) return found;
  }
  return path.join('.');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function withoutSeed({ seed: _, ...scenario }: Scenario): Omit<Scenario, 'seed'> {
  return scenario;
}

function commonLabels(records: readonly RunRecord[]): Record<string, string> {
  const [first, ...others] = records.map(({ provenance }) => provenance.labels);
  return Object.fromEntries(
    Object.entries(first ?? {}).filter(([name, value]) => others.every((labels) => labels[name] === value)),
  );
}
