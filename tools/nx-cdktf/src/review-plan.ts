import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  formatReview,
  readPlans,
  readPolicies,
  reviewPlans,
  synthesizedReaders,
  type PolicyFinding,
} from '@loadlab/plan-review';
import type { SynthesizedStack } from './find-stack';
import { MANIFEST, PLAN_JSON } from './plan-files';
import { readManifestIn } from './read-manifest';

/** The files that a review leaves beside a stack. */
const REVIEWS = [
  ['review.md', 'markdown'],
  ['review.html', 'html'],
  ['review.json', 'json'],
] as const;

/** The policies of the workspace, or none. */
export function workspacePolicies(root: string): ReturnType<typeof readPolicies> {
  const file = path.join(root, 'reviews.yaml');
  return existsSync(file) ? readPolicies(file) : [];
}

/** What the policies say of a stack's saved plan. */
export function policyFindings(root: string, stack: SynthesizedStack): readonly PolicyFinding[] {
  return reviewPlans(readPlans([named(stack)]), workspacePolicies(root)).policy;
}

/**
 * Reviews a stack's saved plan: on standard output, and as `review.md`, `review.html` and `review.json` beside it.
 * @returns 1 when a policy denies it
 */
export function reviewPlan(stack: SynthesizedStack, root: string, useColor: boolean): number {
  for (const [name] of REVIEWS) rmSync(path.join(stack.folder, name), { force: true });
  const manifest = readManifestIn(stack.folder);
  if (!existsSync(path.join(stack.folder, PLAN_JSON)) || manifest === undefined) {
    const pending = manifest?.pendingUpstream ?? [];
    process.stdout.write(
      pending.length > 0
        ? `${stack.id}: pending upstream ${pending.join(', ')}: there is a plan to review in the next wave\n`
        : `${stack.id}: no saved plan to review (${MANIFEST} is missing): run the target plan\n`,
    );
    return 0;
  }
  const review = reviewPlans(readPlans([named(stack)]), workspacePolicies(root), synthesizedReaders(root));
  for (const [name, format] of REVIEWS) writeFileSync(path.join(stack.folder, name), formatReview(review, format));
  process.stdout.write(`${formatReview(review, 'terminal', useColor)}plan ${manifest.sha256}\n`);
  return review.policy.some(({ level }) => level === 'deny') ? 1 : 0;
}

/** A plan under its stack's id, as policies say it: `*-production` is all of an environment. */
function named({ id, folder }: SynthesizedStack): string {
  return `${id}=${path.join(folder, PLAN_JSON)}`;
}

/** `network-benchmark` -> `network` */
export function stackName(id: string, environment: string): string {
  return id.endsWith(`-${environment}`) ? id.slice(0, -environment.length - 1) : id;
}
