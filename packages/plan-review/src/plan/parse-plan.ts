import { InputError } from '@loadlab/foundation';
import { DEEPEST, isDeeperThan } from '../values/depth';
import { planSchema, type PlanJson } from './plan-json';

/** The format that this reader knows; Terraform raises the major version when old readers would misunderstand. */
const FORMAT_MAJOR = '1';
const AS_JSON = 'terraform show -json plan.bin > plan.json';
/** After these the rest follows from them, more often than not. */
const MOST_ERRORS = 10;

/** Reads a plan from its file's bytes. @throws {InputError} when it is not one, or one that must not be trusted */
export function parsePlan(file: string, bytes: Buffer): PlanJson {
  const fail = (message: string, hint: string): InputError => new InputError([{ file, path: '', message, hint }]);
  if (bytes.length === 0) throw fail('the file is empty', AS_JSON);
  if (bytes.subarray(0, 2).toString('latin1') === 'PK')
    throw fail('is a saved plan in Terraform’s own binary format', AS_JSON);
  const value = parseJson(bytes, fail);
  const version = formatVersionOf(value);
  if (version === undefined) throw fail(describeOther(value), AS_JSON);
  if (version.split('.')[0] !== FORMAT_MAJOR)
    throw fail(
      `is a plan of format ${version}; this reader knows ${FORMAT_MAJOR}.x`,
      'use a LoadLab that knows this Terraform',
    );
  if (isDeeperThan(value, DEEPEST))
    throw fail(`holds values more than ${DEEPEST} levels deep, which Terraform does not write`, AS_JSON);
  const parsed = planSchema.safeParse(value);
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues.slice(0, MOST_ERRORS).map((issue) => ({
        file,
        path: issue.path.join('.'),
        message: `not as Terraform writes plans: ${issue.message}`,
      })),
    );
  }
  if (parsed.data.errored === true)
    throw fail(
      'is the plan of a failed run: it leaves out what could not be planned',
      'mend what `terraform plan` complains of, and plan again',
    );
  return parsed.data;
}

function parseJson(bytes: Buffer, fail: (message: string, hint: string) => InputError): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw fail('is binary, not JSON', AS_JSON);
  }
  if (text.trim() === '') throw fail('the file is empty', AS_JSON);
  if (text.includes('\0')) throw fail('is binary, not JSON', AS_JSON);
  try {
    return JSON.parse(text);
  } catch (error) {
    // Not the parser's own words: they quote the text around the place, and a plan holds secrets in clear.
    const place = /at position (\d+)/.exec((error as Error).message)?.[1];
    const where = place === undefined ? 'it ends too early' : `broken at character ${place} of ${text.length}`;
    throw fail(`is not whole JSON: ${where}`, `was it cut off? ${AS_JSON}`);
  }
}

function formatVersionOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const {
    format_version: version,
    planned_values: planned,
    resource_changes: changes,
    output_changes: outputs,
  } = value as Record<string, unknown>;
  // A state as JSON has a format version too, but no plan has neither planned values nor changes.
  if (planned === undefined && changes === undefined && outputs === undefined) return undefined;
  return typeof version === 'string' ? version : undefined;
}

function describeOther(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    if ('serial' in value && 'lineage' in value) return 'is a state, not a plan';
    if ('format_version' in value && 'values' in value) return 'is a state as JSON, not a plan';
    if ('provider_schemas' in value) return 'holds provider schemas, not a plan';
    if ('schema' in value && value.schema === 'loadlab.review/v1') return 'is a review, not the plan that it is of';
    if ('terraform' in value || 'resource' in value) return 'is a synthesized stack, not a plan';
  }
  return 'is JSON, but not a Terraform plan';
}
