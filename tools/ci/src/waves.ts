import { EXIT } from '@loadlab/foundation';
import { appliedPlan, type PlanManifest } from '@loadlab/nx-cdktf/plans';

/** How far a stack is. */
export interface StackProgress {
  readonly name: string;
  /** Undefined when there is no saved plan, or none that can be read. */
  readonly manifest: PlanManifest | undefined;
  /** Whether that very plan was applied. */
  readonly isApplied: boolean;
}

/** How far one stack is, by what lies beside it. */
export function progressOf(name: string, folder: string, manifest: PlanManifest | undefined): StackProgress {
  return { name, manifest, isApplied: manifest !== undefined && appliedPlan(folder) === manifest.sha256 };
}

/**
 * Where an environment stands between plan, review and apply, from the plans that lie beside its stacks, and what comes next.
 * @returns 2 while something is left to do
 */
export function describeWaves(
  environment: string,
  stacks: readonly StackProgress[],
  now: Date,
): { readonly code: number; readonly text: string } {
  const width = Math.max(0, ...stacks.map(({ name }) => name.length));
  const lines = stacks.map((stack) => `  ${stack.name.padEnd(width)}  ${describe(stack, now)}`);
  const next = nextStep(stacks, now);
  const text = [
    environment,
    ...lines,
    next === undefined ? 'Nothing is left to do.' : `Next: LOADLAB_ENVIRONMENT=${environment} ${next}`,
    '',
  ].join('\n');
  return { code: next === undefined ? EXIT.done : EXIT.invalid, text };
}

function describe({ manifest, isApplied }: StackProgress, now: Date): string {
  if (manifest === undefined) return 'not planned';
  if (isApplied) return 'applied';
  if (manifest.planned === null) return `pending upstream ${manifest.pendingUpstream.join(', ')}`;
  if (!manifest.planned.changes) return 'no changes';
  if (new Date(manifest.expiresAt) <= now) return `planned; expired at ${manifest.expiresAt}`;
  return `planned, to be reviewed and applied until ${manifest.expiresAt}`;
}

/** Plans that can be applied go first; only then is anything to be gained from planning again. */
function nextStep(stacks: readonly StackProgress[], now: Date): string | undefined {
  const isDue = ({ manifest, isApplied }: StackProgress): boolean =>
    !isApplied && manifest?.planned?.changes === true && new Date(manifest.expiresAt) > now;
  if (stacks.some(isDue)) return 'npx nx run-many -t review, then npx nx run-many -t apply';
  const isOpen = ({ manifest, isApplied }: StackProgress): boolean =>
    manifest === undefined || manifest.planned === null || (manifest.planned.changes && !isApplied);
  return stacks.some(isOpen) ? 'npx nx run-many -t plan' : undefined;
}
