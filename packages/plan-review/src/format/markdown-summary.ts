import type { Review } from '../review/review-schema';
import type { Risk } from '../review/risk';
import { changedCosts, changeInWords, costInWords } from './cost-words';
import { code } from './markdown-text';
import { beginning } from './visible';
import { asidesInWords, countsInWords, outputInWords, pendingInWords, policyVerdict, readInWords } from './words';

export const SIGNS: Readonly<Record<Risk, string>> = {
  critical: '🟥',
  high: '🟧',
  medium: '🟨',
  low: '🟩',
  none: '⬜',
};

/** A text longer than this says no more to a hurried reader; names and messages may be of any length. */
const LONGEST_TEXT = 300;
/** Rows of a table that are shown. */
const MOST_ROWS = [20, 5, 1] as const;

/** The part that is never cut: when even it does not fit, its tables get shorter, and say by how much. */
export function summarize(review: Review, longest: number): string {
  const versions = MOST_ROWS.map((most) => withRows(review, most));
  return versions.find((text) => text.length <= longest) ?? withRows(review, 0);
}

function withRows(review: Review, most: number): string {
  const { verdict, counts, drift } = review;
  const policy = policyVerdict(review);
  const more = verdict.more > 0 && verdict.risk !== 'none' ? ` (and ${verdict.more} more of this risk)` : '';
  const parts = [
    `### ${SIGNS[verdict.risk]} ${verdict.risk}${policy === undefined ? '' : ` · ${policy.level === 'deny' ? '⛔' : '✋'} ${policy.words}`}`,
    `**${code(short(verdict.reason))}**${more}`,
    `**${countsInWords(counts)}**${drift.length > 0 ? `, ${drift.length} drifted` : ''}`,
    policyTable(review, most),
    bullets(
      [
        ...review.stacks.flatMap(({ stack, warnings }) =>
          warnings.map((warning) => `⚠️ ${code(stack)}: ${code(short(warning))}`),
        ),
        ...review.pending.map((waiting) => `⏳ ${code(short(waiting.stack))} ${code(short(pendingInWords(waiting)))}`),
        ...review.checks.map(
          ({ stack, address, messages }) =>
            `❌ ${code(stack)}: ${code(short(address))} does not hold: ${code(short(messages.join('; ')))}`,
        ),
        ...review.facts.map(
          ({ stack, words, risk }) => `${risk === 'none' ? 'ℹ️' : SIGNS[risk]} ${code(stack)}: ${code(short(words))}`,
        ),
        ...review.changes.flatMap(({ stack, address, widened }) =>
          widened.map((words) => `⚠️ ${code(stack)}: ${code(short(address))}: ${code(short(words))}`),
        ),
        ...review.changes.flatMap(({ stack, address, interrupts }) =>
          interrupts.map((words) => `⏸️ ${code(stack)}: ${code(short(address))}: ${code(short(words))}`),
        ),
      ],
      most,
    ),
    costPart(review, most),
    bullets(
      review.outputs
        .filter(({ consumers }) => consumers.length > 0)
        .map(
          (output) => `output ${code(short(`${output.stack}.${output.name}`))}: ${code(short(outputInWords(output)))}`,
        ),
      most,
    ),
    bullets(
      review.reads.map((read) => `${code(short(read.address))} (${code(read.stack)}): ${code(readInWords(read))}`),
      most,
    ),
    formatAsides(review, most),
    stackTable(review, most),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n\n`;
}

function policyTable({ policy }: Review, most: number): string {
  if (policy.length === 0 || most === 0) return '';
  const rows = policy
    .slice(0, most)
    .map(
      ({ level, rule, address, message }) =>
        `| ${level} | ${code(short(rule))} | ${code(short(address))} | ${code(short(message))} |`,
    );
  return table(['policy', 'rule', 'resource', ''], rows, policy.length);
}

function costPart({ cost }: Review, most: number): string {
  const words = costInWords({ ...cost, notCounted: cost.notCounted.slice(0, Math.max(1, most)) });
  if (words === undefined) return '';
  const left = cost.notCounted.length - Math.max(1, most);
  const changed = changedCosts(cost);
  const rows = changed
    .slice(0, most)
    .map((item) => `- ${code(short(item.address))} (${code(item.stack)}): ${code(changeInWords(item))}`);
  const rest = changed.length > rows.length && rows.length > 0 ? [`- and ${changed.length - rows.length} more`] : [];
  return [`💰 ${code(`${words}${left > 0 ? ` and ${left} more` : ''}`)}`, ...rows, ...rest].join('\n');
}

/** What reads differently without asking for anything; empty when nothing does. */
export function formatAsides(review: Pick<Review, 'leftAlone' | 'refreshed'>, most: number = MOST_ROWS[0]): string {
  return asidesInWords(review, most)
    .map((words) => `<sub>${code(short(words))}</sub>`)
    .join('\n\n');
}

function stackTable({ stacks }: Review, most: number): string {
  if (stacks.length < 2 || most === 0) return '';
  const rows = stacks
    .slice(0, most)
    .map(({ stack, counts, risk }) => `| ${code(short(stack))} | ${countsInWords(counts)} | ${SIGNS[risk]} ${risk} |`);
  return table(['stack', 'changes', 'worst'], rows, stacks.length);
}

function table(head: readonly string[], rows: readonly string[], all: number): string {
  const rest = all > rows.length ? [`| ${all - rows.length} more |${' |'.repeat(head.length - 1)}`] : [];
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows, ...rest].join('\n');
}

function bullets(lines: readonly string[], most: number): string {
  const rest = lines.length > most ? [`- and ${lines.length - most} more`] : [];
  return [...lines.slice(0, most).map((line) => `- ${line}`), ...rest].join('\n');
}

function short(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${beginning(text, LONGEST_TEXT - 1)}…`;
}
