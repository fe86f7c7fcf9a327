import type { Review, ReviewedChange } from '../review/review';
import { escapeHtml } from './escape-html';
import { drawGraph } from './html-graph';
import { STYLE } from './html-style';
import { showValue } from './show-value';
import { costInWords, countsInWords, markOf, replacedBecauseInWords, verdictInWords } from './words';

/** The review as one self-contained page: no script, no network, light and dark. */
export function formatHtml(review: Review): string {
  const cost = costInWords(review);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Plan review: ${escapeHtml(review.verdict.risk)}</title>
<style>${STYLE}</style>
</head>
<body>
<header class="${review.verdict.risk}">
<p class="risk">${review.verdict.risk}</p>
<h1>${escapeHtml(upperFirst(review.verdict.reason))}</h1>
<p class="counts">${escapeHtml(countsInWords(review.counts))}</p>
${cost === undefined ? '' : `<p class="cost">${escapeHtml(cost)}</p>`}
</header>
<main>
${policySection(review)}
${graphSection(review)}
${review.changes.length === 0 ? '<p class="empty">Nothing changes.</p>' : `<section><h2>Changes</h2>${review.changes.map(changeCard).join('\n')}</section>`}
${driftSection(review)}
${outputSection(review)}
</main>
<footer>${escapeHtml(verdictInWords(review))}. What Terraform marks as sensitive is masked. Plans hold secrets in clear: keep them private.</footer>
</body>
</html>
`;
}

function policySection({ policy }: Review): string {
  if (policy.length === 0) return '';
  const rows = policy.map(
    ({ level, rule, stack, address, message }) =>
      `<tr><td class="level ${level}">${level}</td><td>${escapeHtml(message)}</td><td><code>${escapeHtml(address)}</code></td><td>${escapeHtml(stack)}</td><td>${escapeHtml(rule)}</td></tr>`,
  );
  return `<section><h2>Policies</h2><div class="scroll"><table><thead><tr><th>level</th><th>what to know</th><th>resource</th><th>stack</th><th>rule</th></tr></thead><tbody>${rows.join('')}</tbody></table></div></section>`;
}

function graphSection(review: Review): string {
  const graph = drawGraph(review);
  return graph === undefined
    ? ''
    : `<section><h2>What changes, and what feels it</h2><div class="scroll">${graph}</div></section>`;
}

function changeCard(change: ReviewedChange): string {
  const because = replacedBecauseInWords(change, showValue);
  const facts = [
    ...(because.length > 0 ? [`replaced because of ${because.join(', ')}`] : []),
    ...(change.movedFrom === undefined ? [] : [`moved from ${change.movedFrom}`]),
    ...(change.importedAs === undefined ? [] : [`imported: ${change.importedAs}`]),
    ...change.notes,
    ...(change.downstream.length > 0 ? [`felt by ${change.downstream.join(', ')}`] : []),
  ];
  // What is dangerous stands open; the rest is one click away.
  const open = change.risk === 'critical' || change.risk === 'high' ? ' open' : '';
  return `<details class="change ${change.risk}"${open} data-address="${escapeHtml(change.address)}">
<summary><span class="mark">${escapeHtml(markOf(change))}</span> <code>${escapeHtml(change.address)}</code> <span class="stack">${escapeHtml(change.stack)}</span> <span class="badge">${change.risk}</span></summary>
${facts.length > 0 ? `<ul>${facts.map((fact) => `<li>${escapeHtml(fact)}</li>`).join('')}</ul>` : ''}
${attributeTable(change.attributes)}
</details>`;
}

function attributeTable(attributes: ReviewedChange['attributes']): string {
  if (attributes.length === 0) return '';
  const rows = attributes.map(
    ({ path, before, after }) =>
      `<tr><th scope="row"><code>${escapeHtml(path)}</code></th><td class="before">${value(before)}</td><td class="after">${value(after)}</td></tr>`,
  );
  return `<div class="scroll"><table><thead><tr><th>attribute</th><th>before</th><th>after</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function value(shown: unknown): string {
  return `<code>${escapeHtml(showValue(shown, 2000))}</code>`;
}

function driftSection({ drift }: Review): string {
  if (drift.length === 0) return '';
  const cards = drift.map(
    ({ stack, address, attributes }) =>
      `<details class="change drift"><summary><code>${escapeHtml(address)}</code> <span class="stack">${escapeHtml(stack)}</span></summary>${attributeTable(attributes)}</details>`,
  );
  return `<section><h2>Changed outside of Terraform</h2>${cards.join('')}</section>`;
}

function outputSection({ outputs }: Review): string {
  const read = outputs.filter(({ consumers }) => consumers.length > 0);
  if (read.length === 0) return '';
  return `<section><h2>Outputs that other stacks read</h2><ul>${read.map(({ stack, name, action, consumers }) => `<li><code>${escapeHtml(`${stack}.${name}`)}</code>: ${action}; read by ${escapeHtml(consumers.join(', '))}</li>`).join('')}</ul></section>`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
