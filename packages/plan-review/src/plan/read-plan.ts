import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError, type Problem } from '@loadlab/foundation';
import { planSchema, type PlanJson } from './plan-json';

/** One stack's plan, and where it came from. */
export interface StackPlan {
  readonly stack: string;
  readonly file: string;
  readonly plan: PlanJson;
}

/** The format that this reader knows; Terraform raises the major version when old readers would misunderstand. */
const FORMAT_MAJOR = '1';
/** 5,000 resources make about 60 MB; what is far larger is no plan. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * Reads plans named on a command line as `[STACK=]PLAN.json`. The stack is the word before `=`, else what the manifest beside the
 * plan says, else the file's base name.
 * @throws {InputError} with the problems of all files at once
 */
export function readPlans(names: readonly string[]): StackPlan[] {
  const problems: Problem[] = [];
  const plans: StackPlan[] = [];
  for (const name of names) {
    const { stack, file } = splitName(name);
    try {
      plans.push({
        stack: stack ?? stackOfManifest(file) ?? path.basename(file).replace(/\.json$/, ''),
        file,
        plan: readPlan(file),
      });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  for (const [index, { stack, file }] of plans.entries()) {
    if (plans.findIndex((other) => other.stack === stack) < index)
      problems.push({
        file,
        path: '',
        message: `a second plan of stack "${stack}"`,
        hint: 'name each: STACK=PLAN.json',
      });
  }
  if (problems.length > 0) throw new InputError(problems);
  return plans;
}

/** Reads one plan as JSON. @throws {InputError} when it is not one, or one that must not be trusted */
export function readPlan(file: string): PlanJson {
  return parsePlan(file, readBytes(file));
}

/** As `readPlan`, from the file's bytes. @throws {InputError} */
export function parsePlan(file: string, bytes: Buffer): PlanJson {
  const fail = (message: string, hint: string): InputError => new InputError([{ file, path: '', message, hint }]);
  const asJson = 'terraform show -json plan.bin > plan.json';
  if (bytes.length === 0) throw fail('the file is empty', asJson);
  if (bytes.subarray(0, 2).toString('latin1') === 'PK')
    throw fail('is a saved plan in Terraform’s own binary format', asJson);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw fail(
      error instanceof SyntaxError ? `is not whole JSON: ${error.message}` : 'is binary, not JSON',
      `was it cut off? ${asJson}`,
    );
  }
  const version = formatVersionOf(value);
  if (version === undefined) throw fail(describeOther(value), asJson);
  if (version.split('.')[0] !== FORMAT_MAJOR)
    throw fail(
      `is a plan of format ${version}; this reader knows ${FORMAT_MAJOR}.x`,
      'use a LoadLab that knows this Terraform',
    );
  const parsed = planSchema.safeParse(value);
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues.slice(0, 10).map((issue) => ({
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

function readBytes(file: string): Buffer {
  try {
    const { size } = statSync(file);
    if (size > MAX_BYTES)
      throw new InputError([
        {
          file,
          path: '',
          message: `has ${(size / 1024 ** 2).toFixed(0)} MiB; no plan is that large`,
          hint: `at most ${MAX_BYTES / 1024 ** 2} MiB`,
        },
      ]);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    throw new InputError([
      {
        file,
        path: '',
        message:
          code === 'ENOENT'
            ? 'no such file'
            : code === 'EISDIR'
              ? 'is a folder, not a file'
              : `cannot be read: ${String(code)}`,
      },
    ]);
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
    if ('terraform' in value || 'resource' in value) return 'is a synthesized stack, not a plan';
  }
  return 'is JSON, but not a Terraform plan';
}

function splitName(name: string): { stack?: string; file: string } {
  const match = /^([A-Za-z0-9][\w.-]*)=(.+)$/.exec(name);
  // A path may hold `=`, too: what exists as it stands is a file.
  return match?.[1] === undefined || match[2] === undefined || existsSync(name)
    ? { file: name }
    : { stack: match[1], file: match[2] };
}

function stackOfManifest(file: string): string | undefined {
  const manifest = path.join(path.dirname(file), 'plan-manifest.json');
  if (!existsSync(manifest)) return undefined;
  const { stack } = JSON.parse(readFileSync(manifest, 'utf8')) as { stack?: unknown };
  return typeof stack === 'string' ? stack : undefined;
}
