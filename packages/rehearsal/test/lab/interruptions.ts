import type { FaultKind } from '../../src/faults/fault';
import type { RehearsedLab } from './rehearsed-lab';
import type { Scenery } from './scenery';

/** One thing that goes wrong at one resource. */
export interface Interruption {
  readonly verb: 'apply' | 'destroy';
  readonly stack: string;
  readonly address: string;
  readonly kind: FaultKind;
}

/** Words of an interruption, as one would give them to `--fault`. */
export function specOf({ verb, address, kind }: Interruption): string {
  return `${address}:${verb === 'apply' ? 'create' : 'delete'}:${kind}`;
}

/** The addresses of a stack that the provider makes, in the state's order; Terraform's own resources it never sees. */
export function addressesOf(lab: RehearsedLab, stack: string): string[] {
  return (lab.state(stack)?.resources ?? [])
    .filter(({ mode, type }) => mode === 'managed' && type.startsWith('aws_'))
    .map(({ type, name }) => `${type}.${name}`);
}

/**
 * Goes back to the moment before, interrupts Terraform, runs it again undisturbed, and compares with how it should be.
 * @returns what is wrong afterwards; empty when it converged
 */
export async function survive(
  lab: RehearsedLab,
  interruption: Interruption,
  moments: { readonly before: string; readonly expected: Scenery },
): Promise<string[]> {
  const { verb, stack } = interruption;
  lab.restore(moments.before);
  const { exitCode } = await lab.interrupted(verb, stack, specOf(interruption));
  if (exitCode === 0) return ['the fault hit nothing'];
  let again = await lab.attempt(stack, verb, '-auto-approve');
  if (again.exitCode !== 0 && needsUntainting(interruption)) {
    await lab.terraform(stack, 'untaint', interruption.address);
    again = await lab.attempt(stack, verb, '-auto-approve');
  }
  if (again.exitCode !== 0) return [`running it again: ${again.stderr}`];
  return differences(moments.expected, lab.scenery());
}

/**
 * A task's role is made anew before the old one goes, since a task definition names it, and no two roles have one name. Of the rest
 * nothing may need a person: docs/state-locks.md says what to do.
 */
export function needsUntainting({ verb, kind, address }: Interruption): boolean {
  return verb === 'apply' && kind === 'late' && /^aws_iam_role\..*(task|execution)-role$/.test(address);
}

/** Of a line, enough to know what it is about. */
const SHOWN = 300;

/** What of one scenery is not in the other, as words. */
export function differences(expected: Scenery, seen: Scenery): string[] {
  return [
    ...expected.filter((line) => !seen.includes(line)).map((line) => `missing: ${line.slice(0, SHOWN)}`),
    ...seen.filter((line) => !expected.includes(line)).map((line) => `left over: ${line.slice(0, SHOWN)}`),
  ];
}

/** Works on all, some at a time; the results come in order. */
export async function inLanes<Lane, Item, Result>(
  lanes: readonly Lane[],
  items: readonly Item[],
  work: (lane: Lane, item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = [...items.entries()];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift())
        results[next[0]] = await work(lane, next[1]);
    }),
  );
  return results;
}
