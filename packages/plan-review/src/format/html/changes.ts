import { html, Markup } from '@loadlab/foundation/page';
import type { Review, ReviewedChange } from '../../review/review-schema';
import { RISKS, type Risk } from '../../review/risk';
import { attributeLines } from '../attribute-lines';
import { changeFacts } from '../change-facts';
import { visible } from '../visible';
import { text } from './text';

const OPEN = new Markup('open');
const TITLES: Readonly<Record<Risk, string>> = {
  critical: 'Critical',
  high: 'High risk',
  medium: 'Medium risk',
  low: 'Low risk',
  none: 'Without risk',
};
/** So many of one risk stand open to the eye; the rest is one click away. */
const MOST_SHOWN = 40;
/** So many are drawn with their attributes; a page of more would be too large to open. */
const MOST_WHOLE = 400;
const MOST_OPEN = 8;
/** More lines of one change are counted, not shown. */
const MOST_LINES = 400;

/** Every change, by risk. What is dangerous stands open. */
export function changeSections({ changes }: Review): Markup | undefined {
  if (changes.length === 0) return undefined;
  const whole = new Set(changes.slice(0, MOST_WHOLE));
  // A small plan is read as a whole.
  const open =
    changes.length <= MOST_OPEN
      ? changes
      : changes.filter(({ risk }) => risk === 'critical' || risk === 'high').slice(0, MOST_OPEN);
  return html`<section class="risks">
    ${RISKS.map((risk) => {
      const found = changes.filter((change) => change.risk === risk);
      if (found.length === 0) return undefined;
      const cards = found.map((change) => changeCard(change, whole.has(change), open.includes(change)));
      return html`<h2>${TITLES[risk]}: ${found.length}</h2>
        <div class="changes">${cards.slice(0, MOST_SHOWN)}</div>
        ${
          cards.length > MOST_SHOWN
            ? html`<details class="rest">
                <summary>${cards.length - MOST_SHOWN} more</summary>
                <div class="changes">${cards.slice(MOST_SHOWN)}</div>
              </details>`
            : undefined
        }`;
    })}
  </section>`;
}

function changeCard(change: ReviewedChange, isWhole: boolean, isOpen: boolean): Markup {
  const { risk, action, address, stack, importedAs } = change;
  const word = action === 'no-op' ? (importedAs === undefined ? 'move' : 'import') : action;
  const head = html`<span class="do">${word}</span><code>${text(address)}</code
    ><span class="stack">${text(stack)}</span>`;
  const body = isWhole ? [factList(change), linesOf(change)] : [factList(change)];
  const filled = body.filter((part) => part !== undefined);
  return html`<details class="change ${risk}" data-address="${text(address)}" ${isOpen ? OPEN : undefined}>
    <summary>${head}</summary>
    <div class="body">${filled.length === 0 ? html`<p class="foot">nothing more to say of it</p>` : filled}</div>
  </details>`;
}

function factList(change: ReviewedChange): Markup | undefined {
  const facts = changeFacts(change, 20);
  if (facts.length === 0) return undefined;
  return html`<ul class="facts">
    ${facts.map(({ kind, text: words }) => html`<li class="${kind}">${text(words)}</li>`)}
  </ul>`;
}

/** What changes, a line each, as in a diff. */
export function linesOf(change: Parameters<typeof attributeLines>[0]): Markup | undefined {
  const lines = attributeLines(change, 2000);
  if (lines.length === 0) return undefined;
  const shown = lines.slice(0, MOST_LINES).map(({ kind, text: line, parts }) => {
    const sign = kind === 'gone' ? '- ' : kind === 'come' ? '+ ' : '';
    const words =
      parts === undefined
        ? html`${sign}${visible(line)}`
        : html`<b>${parts.name}</b>: <del>${parts.before}</del> → <ins>${parts.after}</ins>`;
    return html`<span class="${kind}">${words}</span>`;
  });
  return html`<div class="lines">
    ${shown}${lines.length > MOST_LINES ? html`<span class="fold">and ${lines.length - MOST_LINES} more lines</span>` : undefined}
  </div>`;
}
