import type { Counts } from '../review/action';
import type { Review, ReviewedChange, ReviewedDrift, ReviewedOutput } from '../review/review-schema';
import { rootOf } from '../values/diff';
import { listed } from './change-facts';
import { showValue } from './show-value';

/** `2 to create, 1 to replace`; `no changes` when nothing is. */
export function countsInWords(counts: Counts): string {
  const parts = (['create', 'update', 'replace', 'delete', 'import', 'move', 'forget', 'read'] as const)
    .filter((action) => counts[action] > 0)
    .map((action) => `${counts[action]} to ${action}`);
  return parts.length > 0 ? parts.join(', ') : 'no changes';
}

/** The mark of an action, as Terraform draws it. */
export function markOf(change: Pick<ReviewedChange, 'action' | 'importedAs'>): string {
  const marks = {
    create: '+',
    update: '~',
    replace: '-/+',
    delete: '-',
    read: '<=',
    forget: '.',
    'no-op': change.importedAs === undefined ? '>' : '<-',
  } as const;
  return marks[change.action];
}

/** The verdict in a sentence: `critical: replaces aws_db_instance.main, which holds data (and 2 more)`. */
export function verdictInWords({ verdict }: Review): string {
  return `${verdict.risk}: ${verdict.reason}${verdict.more > 0 && verdict.risk !== 'none' ? ` (and ${verdict.more} more of this risk)` : ''}`;
}

/** What the policies come to: a denial, a wish for approval, or neither. */
export function policyVerdict({
  policy,
}: Review): { readonly level: 'deny' | 'needs-approval'; readonly words: string } | undefined {
  const of = (level: string): number => policy.filter((finding) => finding.level === level).length;
  const [denied, wanted] = [of('deny'), of('needs-approval')];
  if (denied > 0) return { level: 'deny', words: `denied by policy (${findings(denied)})` };
  return wanted > 0 ? { level: 'needs-approval', words: `needs approval (${findings(wanted)})` } : undefined;
}

function findings(count: number): string {
  return `${count} ${count === 1 ? 'finding' : 'findings'}`;
}

/** `output network.vpcId: update; read by database`. */
export function outputInWords({ action, consumers }: ReviewedOutput): string {
  return `${action}; ${consumers.length > 0 ? `read by ${listed(consumers, 10)}` : 'no stack is known to read it'}`;
}

/** What somebody did behind Terraform's back, and whether the plan undoes it. */
export function driftInWords({ action, isPutBack }: ReviewedDrift): string {
  if (action === 'delete') return `was deleted outside of Terraform${isPutBack ? '; this plan makes it again' : ''}`;
  return `was changed outside of Terraform${isPutBack ? '; this plan changes it, too' : ''}`;
}

/** What reads differently without asking for anything, a sentence for each kind: at most `most` resources of it. */
export function asidesInWords({ leftAlone, refreshed }: Pick<Review, 'leftAlone' | 'refreshed'>, most = 10): string[] {
  const left = leftAlone.map(
    ({ address, attributes }) =>
      `${address} (${listed(
        attributes.map(({ path, before, after }) => `${path}: ${showValue(before, 40)} -> ${showValue(after, 40)}`),
        5,
      )})`,
  );
  const anew = refreshed.map(
    ({ address, attributes }) => `${address} (${[...new Set(attributes.map(({ path }) => rootOf(path)))].join(', ')})`,
  );
  return [
    ...aside('changed outside of Terraform, and left so (the code ignores it, or says the same by now)', left, most),
    ...aside('read anew, in what the code leaves to the provider', anew, most),
  ];
}

function aside(title: string, names: readonly string[], most: number): string[] {
  return names.length === 0 ? [] : [`${title}: ${listed(names, Math.max(1, most))}`];
}

/** Why nothing is said of a stack. */
export function pendingInWords({ upstream }: Review['pending'][number]): string {
  return `cannot be planned before ${listed(upstream, 5)} ${upstream.length === 1 ? 'is' : 'are'} applied: nothing is said of it here`;
}

/** Why a data source is read only during the apply. */
export function readInWords({ reason }: Review['reads'][number]): string {
  return `read during the apply${reason === undefined ? '' : `: ${reason}`}`;
}
