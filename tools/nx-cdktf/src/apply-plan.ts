import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError, type Problem } from '@loadlab/foundation';
import type { PolicyFinding } from '@loadlab/plan-review';
import type { SynthesizedStack } from './find-stack';
import {
  digestsIn,
  MANIFEST,
  manifestSchema,
  mismatches,
  PLAN,
  type PlanManifest,
  type StateIdentity,
} from './plan-manifest';
import { ownState, readStack, upstreamState } from './state-identity';
import type { Terraform } from './terraform';

/** Who may apply: names the very plan that a person approved. */
export const APPROVAL = 'LOADLAB_APPROVED_PLAN';

/** What an apply has to agree with. */
export interface Applying {
  readonly environment: string;
  /** SHA-256 of the plan that a person approved, where a policy asks for approval. */
  readonly approvedPlan: string | undefined;
  readonly now: Date;
  readonly terraform: Terraform;
  /** What the policies say of the plan in a folder. */
  readonly policy: (folder: string) => readonly PolicyFinding[];
}

/**
 * Applies exactly the plan that was reviewed, or refuses with every reason.
 * @returns Terraform's exit code
 * @throws {InputError} when anything is not as it was reviewed; nothing is changed then
 */
export async function applyPlan(stack: SynthesizedStack, applying: Applying): Promise<number> {
  const { environment, now, terraform } = applying;
  const manifest = readManifest(stack);
  const { upstream: readers, account } = readStack(stack.folder);
  const upstream = new Map<string, StateIdentity | undefined>();
  const isPending = manifest.planned === null;
  // A pending plan has nothing to compare; asking for its states would only add noise.
  for (const reader of isPending ? [] : readers)
    upstream.set(reader.name, await upstreamState(stack.folder, reader, terraform));
  const state = isPending ? undefined : await ownState(stack.folder, terraform);
  const sha256 = digestsIn(stack.folder);
  const reasons = mismatches(manifest, { environment, account, now, sha256, state, upstream });
  const refusals =
    reasons.length > 0 ? [] : refusedByPolicy(applying.policy(stack.folder), sha256.plan, applying.approvedPlan);
  const problems = [...reasons, ...refusals].map((message): Problem => ({
    file: path.join(stack.folder, PLAN),
    path: '',
    message: `refused: ${message}`,
  }));
  if (problems.length > 0) throw new InputError(problems);
  return (await terraform(stack.folder, ['apply', '-input=false', PLAN])).code;
}

function readManifest(stack: SynthesizedStack): PlanManifest {
  const file = path.join(stack.folder, MANIFEST);
  const fail = (message: string): InputError =>
    new InputError([{ file, path: '', message, hint: 'run the target plan, and have it reviewed' }]);
  if (!existsSync(file)) throw fail('there is no plan to apply');
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw fail('is not whole JSON: refused');
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success)
    throw fail(`is not as it was written: ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}`);
  if (parsed.data.stack !== stack.id) throw fail(`is of stack ${parsed.data.stack}, not ${stack.id}`);
  return parsed.data;
}

function refusedByPolicy(
  findings: readonly PolicyFinding[],
  plan: string | undefined,
  approved: string | undefined,
): string[] {
  return findings
    .filter(
      ({ level }) => level === 'deny' || (level === 'needs-approval' && (approved === undefined || approved !== plan)),
    )
    .map(
      ({ level, rule, address, message }) =>
        `${level === 'deny' ? 'a policy denies it' : `a policy wants it approved (${APPROVAL}=${plan ?? ''})`}: ${address}: ${message} (${rule})`,
    );
}
