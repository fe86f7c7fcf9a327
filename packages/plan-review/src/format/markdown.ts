import type { Review, ReviewedChange } from '../review/review';
import type { Risk } from '../review/risk';
import { showValue } from './show-value';
import { costInWords, countsInWords, markOf, replacedBecauseInWords, verdictInWords } from './words';

/** GitHub refuses a longer comment. */
const LONGEST = 65_536;
const SIGNS: Readonly<Record<Risk, string>> = { critical: '🟥', high: '🟧', medium: '🟨', low: '🟩', none: '⬜' };

/**
 * The review as a pull request comment of at most 65,536 characters. The summary is never cut: details are left out from the least
 * risky on, and what was left out is said. Whatever comes from a plan is escaped, so that it can be no markup.
 */
export function formatMarkdown(review: Review, longest = LONGEST): string {
  const summary = summarize(review);
  const sections = [...review.changes.map(changeSection), ...review.drift.map(driftSection)];
  const ending = (left: number): string =>
    left === 0
      ? ''
      : `\n_${left} more ${left === 1 ? 'detail does' : 'details do'} not fit into a comment; the JSON and the page have all._\n`;
  let room = longest - summary.length - ending(sections.length).length;
  const shown: string[] = [];
  for (const section of sections) {
    if (section.length > room) break;
    room -= section.length;
    shown.push(section);
  }
  return `${summary}${shown.join('')}${ending(sections.length - shown.length)}`;
}

function summarize(review: Review): string {
  const lines = [
    `### ${SIGNS[review.verdict.risk]} ${review.verdict.risk}`,
    '',
    code(verdictInWords(review)),
    '',
    `**${countsInWords(review.counts)}**${review.drift.length > 0 ? `, ${review.drift.length} drifted` : ''}`,
    '',
  ];
  const cost = costInWords(review);
  if (cost !== undefined) lines.push(code(cost), '');
  if (review.policy.length > 0) {
    lines.push(
      '| policy | rule | resource | |',
      '| --- | --- | --- | --- |',
      ...review.policy
        .slice(0, 20)
        .map(
          ({ level, rule, address, message }) => `| ${level} | ${code(rule)} | ${code(address)} | ${code(message)} |`,
        ),
    );
    if (review.policy.length > 20) lines.push(`| | | | ${review.policy.length - 20} more |`);
    lines.push('');
  }
  const consumed = review.outputs.filter(({ consumers }) => consumers.length > 0);
  if (consumed.length > 0)
    lines.push(
      ...consumed
        .slice(0, 20)
        .map(
          ({ stack, name, action, consumers }) =>
            `- output ${code(`${stack}.${name}`)}: ${action}; read by ${consumers.map(code).join(', ')}`,
        ),
      '',
    );
  const stacks = [...new Set(review.changes.map(({ stack }) => stack))];
  if (stacks.length > 1)
    lines.push(
      '| stack | changes | worst |',
      '| --- | --- | --- |',
      ...stacks.map((stack) =>
        stackRow(
          stack,
          review.changes.filter((change) => change.stack === stack),
        ),
      ),
      '',
    );
  return `${lines.join('\n')}\n`;
}

function stackRow(stack: string, changes: readonly ReviewedChange[]): string {
  const worst = changes[0]?.risk ?? 'none';
  return `| ${code(stack)} | ${changes.length} | ${SIGNS[worst]} ${worst} |`;
}

function changeSection(change: ReviewedChange): string {
  const because = replacedBecauseInWords(change, showValue);
  const facts = [
    ...(because.length > 0 ? [`replaced because of ${because.map(code).join(', ')}`] : []),
    ...(change.movedFrom === undefined ? [] : [`moved from ${code(change.movedFrom)}`]),
    ...(change.importedAs === undefined ? [] : [`imported: ${code(change.importedAs)}`]),
    ...change.notes.map((note) => code(note)),
    ...(change.downstream.length > 0
      ? [
          `felt by ${change.downstream.slice(0, 10).map(code).join(', ')}${change.downstream.length > 10 ? ` and ${change.downstream.length - 10} more` : ''}`,
        ]
      : []),
  ];
  const title = `${SIGNS[change.risk]} ${code(`${markOf(change)} ${change.address}`)} (${code(change.stack)})`;
  return `<details><summary>${title}</summary>\n\n${facts.map((fact) => `- ${fact}\n`).join('')}${attributeBlock(change.attributes)}\n</details>\n`;
}

function driftSection({ stack, address, attributes }: Review['drift'][number]): string {
  return `<details><summary>drift: ${code(address)} (${code(stack)}) was changed outside of Terraform</summary>\n\n${attributeBlock(attributes)}\n</details>\n`;
}

function attributeBlock(attributes: ReviewedChange['attributes']): string {
  if (attributes.length === 0) return '';
  const lines = attributes.flatMap(({ path, before, after }) => [
    ...(before === undefined ? [] : [`- ${path} = ${showValue(before, 400)}`]),
    ...(after === undefined ? [] : [`+ ${path} = ${showValue(after, 400)}`]),
  ]);
  const text = lines.join('\n');
  // A fence longer than any run of backticks inside cannot be closed by what it holds.
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `\n${fence}diff\n${text}\n${fence}\n`;
}

/** Text as code that can be no markup, neither HTML nor Markdown, in a paragraph, a table or a summary. */
function code(text: string): string {
  return `<code>${text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\s+/g, ' ')
    .replace(/[*_[\]`~@#|\\]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</code>`;
}
