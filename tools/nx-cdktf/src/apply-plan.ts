import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InputError, type Problem } from '@loadlab/foundation';
import type { PolicyFinding } from '@loadlab/plan-review';
import { z } from 'zod';
import { refuseLocked } from './explain-failure';
import type { SynthesizedStack } from './find-stack';
import type { Planning } from './make-plan';
import { mismatches, type Present } from './mismatches';
import { APPLIED, configurationInside, digestsIn, MANIFEST, PLAN, PLAN_JSON, sha256 } from './plan-files';
import {
  type appliedSchema,
  isSealed,
  MANIFEST_FORMAT,
  manifestSchema,
  type PlanManifest,
  type StateIdentity,
} from './plan-manifest';
import { ownState, readStack, upstreamState, type StackFacts } from './state-identity';
import type { Terraform } from './terraform';

/** Who may apply: names the very plans that a person approved. */
export const APPROVAL = 'LOADLAB_APPROVED_PLAN';

/** What mends a plan that is no longer, or never was, what somebody reviewed. */
const ANEW = 'run the target plan, and have it reviewed';

/** What an apply has to agree with. */
export interface Applying {
  readonly environment: string;
  /** The plans (by their manifests' `sha256`) that a person approved; undefined when nobody was asked. */
  readonly approvedPlans: readonly string[] | undefined;
  readonly now: Date;
  readonly terraform: Terraform;
  readonly account: (stack: StackFacts) => Promise<string | null>;
  readonly movedAsPlanned: Planning['movedAsPlanned'];
  /** What the policies say of a plan, given as JSON. */
  readonly policy: (planJson: string) => readonly PolicyFinding[];
}

/**
 * Applies exactly the plan that was reviewed, or refuses with every reason. A pending stack has no plan yet, and one that was applied
 * already needs none: both are passed over with a word, so that a wave goes on.
 * @returns Terraform's exit code
 * @throws {InputError} when anything is not as it was reviewed; nothing is changed then
 */
export async function applyPlan(stack: SynthesizedStack, applying: Applying): Promise<number> {
  const { now, terraform } = applying;
  const manifest = readManifest(stack);
  if (manifest.planned === null && isSealed(manifest)) {
    process.stdout.write(
      `${stack.id}: skipped, pending upstream ${manifest.pendingUpstream.join(', ')}: plan it in the next wave\n`,
    );
    return 0;
  }
  if (appliedPlan(stack.folder) === manifest.sha256 && isSealed(manifest)) {
    process.stdout.write(`${stack.id}: this plan was applied already; nothing to do\n`);
    return 0;
  }
  const reasons = mismatches(manifest, await lookAround(stack, applying));
  const refusals = reasons.length > 0 ? [] : await notPermitted(stack, manifest, applying);
  const all = [...reasons, ...refusals];
  const problems = all.map((message, index): Problem => ({
    file: path.join(stack.folder, PLAN),
    path: '',
    message: `refused: ${message}`,
    ...(reasons.length > 0 && index === all.length - 1 ? { hint: ANEW } : {}),
  }));
  if (problems.length > 0) throw new InputError(problems);
  const applied = await terraform(stack.folder, ['apply', '-input=false', PLAN]);
  refuseLocked(stack, applied);
  if (applied.code === 0) {
    const state = (await ownState(stack.folder, terraform)) ?? null;
    const record: z.input<typeof appliedSchema> = { plan: manifest.sha256, at: now.toISOString(), state };
    writeFileSync(path.join(stack.folder, APPLIED), `${JSON.stringify(record)}\n`);
  }
  return applied.code;
}

/** What stands beside a stack now, and in the states that it works on. @throws {InputError} when a state cannot be read */
export async function lookAround(
  stack: SynthesizedStack,
  {
    environment,
    account,
    now,
    terraform,
    movedAsPlanned,
  }: Pick<Applying, 'environment' | 'account' | 'now' | 'terraform' | 'movedAsPlanned'>,
): Promise<Present> {
  const facts = readStack(stack.folder);
  const upstream = new Map<string, StateIdentity | undefined>();
  for (const reader of facts.upstream) upstream.set(reader.name, await upstreamState(stack.folder, reader, terraform));
  return {
    environment,
    account: await account(facts),
    now,
    sha256: digestsIn(stack.folder),
    configuration: configurationInside(path.join(stack.folder, PLAN)),
    state: await ownState(stack.folder, terraform),
    upstream,
    movedAsPlanned: (name, moved) => {
      const reader = facts.upstream.find((candidate) => candidate.name === name);
      return reader !== undefined && movedAsPlanned(reader, moved);
    },
  };
}

/** The plan that was applied from a folder, by its manifest's digest. */
export function appliedPlan(folder: string): string | undefined {
  const file = path.join(folder, APPLIED);
  if (!existsSync(file)) return undefined;
  const { plan } = JSON.parse(readFileSync(file, 'utf8')) as { plan?: unknown };
  return typeof plan === 'string' ? plan : undefined;
}

/** Policies judge what Terraform reads out of the plan itself now, not the JSON that lies beside it. */
async function notPermitted(stack: SynthesizedStack, manifest: PlanManifest, applying: Applying): Promise<string[]> {
  const shown = await applying.terraform(stack.folder, ['show', '-json', PLAN], { capture: true });
  if (shown.code !== 0) return [`Terraform cannot read ${PLAN}: it says why above`];
  if (sha256(shown.output) !== manifest.planned?.sha256.json)
    return [`${PLAN_JSON} does not say what ${PLAN} would do (or another version of Terraform made it)`];
  const { approvedPlans } = applying;
  const isApproved = approvedPlans?.includes(manifest.sha256) === true;
  const findings = refusedByPolicy(applying.policy(shown.output), manifest.sha256, isApproved);
  if (findings.length > 0 || approvedPlans === undefined || isApproved) return findings;
  return [`it is plan ${manifest.sha256}; approved was ${approvedPlans.join(', ')} (${APPROVAL})`];
}

function readManifest(stack: SynthesizedStack): PlanManifest {
  const file = path.join(stack.folder, MANIFEST);
  const fail = (message: string): InputError => new InputError([{ file, path: '', message, hint: ANEW }]);
  if (!existsSync(file)) throw fail('there is no plan to apply');
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw fail('is not whole JSON: refused');
  }
  const format = formatOf(value);
  if (format !== undefined && format !== MANIFEST_FORMAT)
    throw fail(`is of format "${format}"; this version of LoadLab reads ${MANIFEST_FORMAT}`);
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success)
    throw fail(`is not as it was written: ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}`);
  if (parsed.data.stack !== stack.id) throw fail(`is of stack ${parsed.data.stack}, not ${stack.id}`);
  return parsed.data;
}

/** What a manifest says that it is; undefined when it says nothing. */
function formatOf(value: unknown): string | undefined {
  const { schema } = z.object({ schema: z.string() }).safeParse(value).data ?? {};
  return schema;
}

function refusedByPolicy(findings: readonly PolicyFinding[], plan: string, isApproved: boolean): string[] {
  return findings
    .filter(({ level }) => level === 'deny' || (level === 'needs-approval' && !isApproved))
    .map(
      ({ level, rule, address, message }) =>
        `${level === 'deny' ? 'a policy denies it' : `a policy wants it approved (${APPROVAL}=${plan})`}: ${address}: ${message} (${rule})`,
    );
}
