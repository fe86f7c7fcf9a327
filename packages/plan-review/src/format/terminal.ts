import { createColors } from 'picocolors';
import type { Review, ReviewedChange } from '../review/review-schema';
import type { Risk } from '../review/risk';
import { attributeLines, type AttributeLine } from './attribute-lines';
import { changeFacts } from './change-facts';
import { changedCosts, changeInWords, costInWords } from './cost-words';
import { visibleLine } from './visible';
import {
  asidesInWords,
  countsInWords,
  driftInWords,
  markOf,
  outputInWords,
  pendingInWords,
  policyVerdict,
  readInWords,
  verdictInWords,
} from './words';

type Paint = (text: string) => string;
interface Palette {
  readonly risk: Readonly<Record<Risk, Paint>>;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly line: Readonly<Record<AttributeLine['kind'], Paint>>;
}

const INDENT = '      ';
const MOST_COSTS = 10;
/** More attributes of one resource are counted, not shown: the page has them. */
const MOST_LINES = 40;

/** The review for a terminal: verdict, counts, what else to know, then every change with the worst first. */
export function formatTerminal(review: Review, useColor: boolean): string {
  const palette = paletteOf(useColor);
  const lines = [
    palette.risk[review.verdict.risk](visibleLine(verdictInWords(review))),
    countsInWords(review.counts),
    ...summaryLines(review, palette),
    ...review.changes.flatMap((change) => ['', ...changeLines(change, palette)]),
    ...driftLines(review, palette),
    ...outputLines(review, palette),
    ...readLines(review),
    ...asideLines(review, palette),
  ];
  return `${lines.join('\n')}\n`;
}

function paletteOf(useColor: boolean): Palette {
  const colors = createColors(useColor);
  return {
    risk: {
      critical: (text) => colors.bold(colors.red(text)),
      high: colors.red,
      medium: colors.yellow,
      low: colors.green,
      none: colors.dim,
    },
    bold: colors.bold,
    dim: colors.dim,
    line: { gone: colors.red, come: colors.green, changed: (text) => text, same: colors.dim, fold: colors.dim },
  };
}

function summaryLines(review: Review, { risk, bold, dim }: Palette): string[] {
  const { facts, checks, cost, pending, policy, stacks } = review;
  const verdict = policyVerdict(review);
  const total = costInWords(cost);
  const costs = changedCosts(cost);
  return [
    ...(verdict === undefined ? [] : [risk.critical(verdict.words)]),
    ...policy.map(({ level, rule, stack, address, message }) =>
      visibleLine(`${level} ${stack}: ${address}: ${message} (${rule})`),
    ),
    ...stacks.flatMap(({ stack, warnings }) =>
      warnings.map((warning) => risk.medium(visibleLine(`${stack}: ${warning}`))),
    ),
    ...pending.map((waiting) => risk.medium(visibleLine(`${waiting.stack} ${pendingInWords(waiting)}`))),
    ...checks.map(({ stack, address, messages }) =>
      risk.high(visibleLine(`${stack}: ${address} does not hold: ${messages.join('; ')}`)),
    ),
    ...facts.map((fact) => risk[fact.risk === 'none' ? 'low' : fact.risk](visibleLine(`${fact.stack}: ${fact.words}`))),
    ...(total === undefined ? [] : [bold(total)]),
    ...costs
      .slice(0, MOST_COSTS)
      .map((item) => dim(visibleLine(`  ${item.stack}: ${item.address}: ${changeInWords(item)}`))),
    ...(costs.length > MOST_COSTS ? [dim(`  and ${costs.length - MOST_COSTS} more`)] : []),
  ];
}

function changeLines(change: ReviewedChange, { risk, bold, dim, line }: Palette): string[] {
  const paint = risk[change.risk];
  const attributes = attributeLines(change, 120);
  return [
    `${paint(markOf(change).padEnd(3))} ${bold(visibleLine(change.address))}  ${dim(visibleLine(`${change.stack}, ${change.risk}`))}`,
    ...changeFacts(change, 5).map(
      ({ kind, text }) => `${INDENT}${kind === 'widened' ? risk.high(visibleLine(text)) : visibleLine(text)}`,
    ),
    ...attributes.slice(0, MOST_LINES).map((shown) => `${INDENT}${line[shown.kind](withSign(shown))}`),
    ...(attributes.length > MOST_LINES ? [dim(`${INDENT}and ${attributes.length - MOST_LINES} more lines`)] : []),
  ];
}

/** A sign before what comes and goes, for those who see no colours. */
function withSign({ kind, text }: AttributeLine): string {
  return kind === 'gone' ? `- ${text}` : kind === 'come' ? `+ ${text}` : `  ${text}`;
}

function driftLines({ drift }: Review, { risk, bold, line }: Palette): string[] {
  return drift.flatMap((found) => [
    '',
    `${risk.medium('drift')} ${visibleLine(found.stack)}: ${bold(visibleLine(found.address))} ${driftInWords(found)}`,
    ...attributeLines(found, 120).map((shown) => `${INDENT}${line[shown.kind](withSign(shown))}`),
  ]);
}

function asideLines(review: Review, { dim }: Palette): string[] {
  return asidesInWords(review).flatMap((words) => ['', dim(visibleLine(words))]);
}

function readLines({ reads }: Review): string[] {
  if (reads.length === 0) return [];
  return ['', ...reads.map((read) => `<=  ${visibleLine(`${read.address}  ${read.stack}: ${readInWords(read)}`)}`)];
}

function outputLines({ outputs }: Review, { bold, line }: Palette): string[] {
  if (outputs.length === 0) return [];
  return [
    '',
    ...outputs.flatMap((output) => [
      `output ${bold(visibleLine(`${output.stack}.${output.name}`))}: ${visibleLine(outputInWords(output))}`,
      ...(output.consumers.length > 0
        ? attributeLines(output, 120).map((shown) => `${INDENT}${line[shown.kind](withSign(shown))}`)
        : []),
    ]),
  ];
}
