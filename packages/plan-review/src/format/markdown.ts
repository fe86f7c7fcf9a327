import type { Review, ReviewedChange } from '../review/review-schema';
import type { Risk } from '../review/risk';
import { attributeLines } from './attribute-lines';
import { changeFacts, type ChangeFact } from './change-facts';
import { code, fenced } from './markdown-text';
import { SIGNS, summarize } from './markdown-summary';
import { driftInWords, markOf } from './words';

/** GitHub refuses a longer comment. It counts characters; a text's length in UTF-16 is never less. */
const LONGEST = 65_536;

/**
 * The review as a pull request comment of at most 65,536 characters. The summary is never cut: details are left out from the least
 * risky on, and what was left out is said. Whatever comes from a plan is escaped, so that it can be no markup.
 */
export function formatMarkdown(review: Review, longest = LONGEST): string {
  const sections = [
    ...review.changes.filter(isRisky).map(changeSection),
    ...review.drift.map(driftSection),
    ...review.changes.filter((change) => !isRisky(change)).map(changeSection),
  ];
  const ending = (left: number): string =>
    left === 0
      ? ''
      : `\n_${left} more ${left === 1 ? 'detail does' : 'details do'} not fit into a comment; the JSON and the page have all._\n`;
  const summary = summarize(review, longest - ending(sections.length).length);
  let room = longest - summary.length - ending(sections.length).length;
  const shown: string[] = [];
  for (const section of sections) {
    if (section.length > room) break;
    room -= section.length;
    shown.push(section);
  }
  return `${summary}${shown.join('')}${ending(sections.length - shown.length)}`;
}

function isRisky({ risk }: { readonly risk: Risk }): boolean {
  return risk === 'critical' || risk === 'high' || risk === 'medium';
}

const MARKS: Readonly<Record<ChangeFact['kind'], string>> = {
  widened: '⚠️ ',
  narrowed: '',
  interrupts: '⏸️ ',
  because: '',
  note: '',
  felt: '',
};

function changeSection(change: ReviewedChange): string {
  const facts = changeFacts(change, 10).map(({ kind, text }) => `- ${MARKS[kind]}${code(text)}\n`);
  const title = `${SIGNS[change.risk]} ${code(`${markOf(change)} ${change.address}`)} (${code(change.stack)})`;
  return `<details><summary>${title}</summary>\n\n${facts.join('')}${attributeBlock(change)}\n</details>\n`;
}

function driftSection(drift: Review['drift'][number]): string {
  return `<details><summary>🔀 ${code(drift.address)} (${code(drift.stack)}) ${driftInWords(drift)}</summary>\n\n${attributeBlock(drift)}\n</details>\n`;
}

const DIFF_SIGNS = { gone: '- ', come: '+ ', changed: '! ', same: '  ', fold: '# ' } as const;

function attributeBlock(change: Parameters<typeof attributeLines>[0]): string {
  const lines = attributeLines(change, 400);
  return lines.length === 0
    ? ''
    : fenced('diff', lines.map(({ kind, text }) => `${DIFF_SIGNS[kind]}${text}`).join('\n'));
}
