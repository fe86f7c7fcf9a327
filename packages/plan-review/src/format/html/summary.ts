import { html, type Markup } from '@loadlab/foundation/page';
import type { Review } from '../../review/review-schema';
import type { Risk } from '../../review/risk';
import { listed } from '../change-facts';
import { changeInWords, dollars, hasCost } from '../cost-words';
import { pendingInWords, policyVerdict } from '../words';
import { sentence, text } from './text';

/** More are counted, not listed: all of them stand below, at their changes. */
const MOST_POINTS = 12;

/** Verdict and reason: what a reviewer sees in the first five seconds. */
export function verdictBanner(review: Review): Markup {
  const { risk, reason, more } = review.verdict;
  const policy = policyVerdict(review);
  return html`<section class="verdict ${risk}" role="status">
    <span class="word">${risk === 'none' ? 'no risk' : `${risk} risk`}</span>${
      policy === undefined ? undefined : html`<span class="policy">${policy.words}</span>`
    }
    <h1>${sentence(text(reason))}</h1>
    ${more > 0 && risk !== 'none' ? html`<p>and ${more} more of this risk</p>` : undefined}
  </section>`;
}

/** Counts, cost, and how much there is of what else matters. */
export function figures(review: Review): Markup {
  const { cost, drift, changes } = review;
  const felt = countFelt(changes);
  const isMore = changes.some(({ downstream, downstreamCount }) => downstreamCount > downstream.length);
  return html`<section class="figures" aria-label="In figures">
    <div class="card wide">
      <h2>Changes</h2>
      ${tally(review)}
    </div>
    ${
      hasCost(cost)
        ? html`<div class="card">
            <h2>Cost an hour</h2>
            <p class="big">${dollars(cost.hourlyAfter)}</p>
            <p class="aside">${changeInWords(cost)}</p>
          </div>`
        : undefined
    }
    ${felt > 0 ? figure('Felt by', isMore ? `${felt}+` : felt, felt === 1 ? 'resource' : 'resources') : undefined}
    ${drift.length > 0 ? figure('Drift', drift.length, 'changed outside of Terraform') : undefined}
  </section>`;
}

/** How many resources feel any of the changes, each once. */
function countFelt(changes: Review['changes']): number {
  const byStack = new Map<string, Set<string>>();
  for (const { stack, downstream } of changes) {
    const felt = byStack.get(stack) ?? new Set();
    byStack.set(stack, felt);
    for (const address of downstream) felt.add(address);
  }
  return [...byStack.values()].reduce((sum, { size }) => sum + size, 0);
}

function figure(title: string, count: number | string, words: string): Markup {
  return html`<div class="card">
    <h2>${title}</h2>
    <p class="big">${count}</p>
    <p class="aside">${words}</p>
  </div>`;
}

function tally({ counts }: Review): Markup {
  const parts = (['replace', 'delete', 'update', 'create', 'import', 'move', 'forget', 'read'] as const).filter(
    (action) => counts[action] > 0,
  );
  if (parts.length === 0) return html`<p class="big">none</p>`;
  return html`<ul class="tally">
    ${parts.map((action) => html`<li class="${action}"><b>${counts[action]}</b> to ${action}</li>`)}
  </ul>`;
}

interface Point {
  readonly risk: Risk;
  readonly label: string;
  readonly words: string;
  readonly where: string;
}

/** Everything that is no change of a resource and yet decides: access, budgets, conditions, gaps, outputs that others read. */
export function attentionSection(review: Review): Markup | undefined {
  const points = pointsOf(review);
  if (points.length === 0) return undefined;
  return html`<section class="card">
    <h2>What to know</h2>
    <ul class="attention">
      ${points.slice(0, MOST_POINTS).map(
        ({ risk, label, words, where }) =>
          html`<li class="${risk}">
            <span class="pill">${label}</span><strong>${sentence(text(words))}</strong
            ><small><code>${text(where)}</code></small>
          </li>`,
      )}
    </ul>
    ${points.length > MOST_POINTS ? html`<p class="foot">and ${points.length - MOST_POINTS} more, at their changes below</p>` : undefined}
  </section>`;
}

function pointsOf({ changes, facts, checks, stacks, outputs, pending }: Review): Point[] {
  const budgets = facts.map(({ risk, words, stack }): Point => ({
    risk,
    label: risk === 'none' ? 'note' : 'budget',
    words,
    where: stack,
  }));
  return [
    ...changes.flatMap(({ widened, address, stack }) =>
      widened.map((words): Point => ({ risk: 'high', label: 'access', words, where: `${stack}: ${address}` })),
    ),
    ...changes.flatMap(({ interrupts, address, stack }) =>
      interrupts.map((words): Point => ({ risk: 'medium', label: 'restart', words, where: `${stack}: ${address}` })),
    ),
    ...budgets.filter(({ risk }) => risk !== 'none'),
    ...checks.map(({ address, stack, messages }): Point => ({
      risk: 'high',
      label: 'check',
      words: `${address} does not hold: ${messages.join('; ')}`,
      where: stack,
    })),
    ...stacks.flatMap(({ stack, warnings }) =>
      warnings.map((words): Point => ({ risk: 'medium', label: 'not all', words, where: stack })),
    ),
    ...pending.map((waiting): Point => ({
      risk: 'medium',
      label: 'not yet',
      words: pendingInWords(waiting),
      where: waiting.stack,
    })),
    ...outputs
      .filter(({ consumers }) => consumers.length > 0)
      .map(({ stack, name, action, consumers }): Point => ({
        risk: action === 'delete' ? 'high' : 'medium',
        label: 'output',
        words: `output ${name} ${action === 'delete' ? 'goes away' : 'changes'}; ${listed(consumers, 5)} ${consumers.length === 1 ? 'reads' : 'read'} it`,
        where: stack,
      })),
    ...budgets.filter(({ risk }) => risk === 'none'),
  ];
}
