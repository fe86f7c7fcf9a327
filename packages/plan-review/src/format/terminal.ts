import { createColors } from 'picocolors';
import type { Review, ReviewedChange } from '../review/review';
import type { Risk } from '../review/risk';
import { showValue } from './show-value';
import { costInWords, countsInWords, markOf, replacedBecauseInWords, verdictInWords } from './words';

/** The review for a terminal: verdict, counts, policy, then every change with the worst first. */
export function formatTerminal(review: Review, useColor: boolean): string {
  const colors = createColors(useColor);
  const paint: Record<Risk, (text: string) => string> = {
    critical: (text) => colors.bold(colors.red(text)),
    high: colors.red,
    medium: colors.yellow,
    low: colors.green,
    none: colors.dim,
  };
  const lines = [paint[review.verdict.risk](verdictInWords(review)), countsInWords(review.counts)];
  const cost = costInWords(review);
  if (cost !== undefined) lines.push(cost);
  for (const { level, rule, stack, address, message } of review.policy)
    lines.push(
      `${level === 'warn' ? colors.yellow(level) : colors.red(level)} ${stack}: ${address}: ${message} (${rule})`,
    );
  for (const change of review.changes)
    lines.push('', ...changeLines(change, colors.bold, paint[change.risk], colors.dim));
  for (const { stack, address, attributes } of review.drift) {
    lines.push(
      '',
      `${colors.yellow('drift')} ${stack}: ${colors.bold(address)} was changed outside of Terraform`,
      ...attributes.map(attributeLine),
    );
  }
  const outputs = review.outputs.filter(({ consumers }) => consumers.length > 0);
  if (outputs.length > 0)
    lines.push(
      '',
      ...outputs.map(
        ({ stack, name, action, consumers }) => `output ${stack}.${name}: ${action}; read by ${consumers.join(', ')}`,
      ),
    );
  return `${lines.join('\n')}\n`;
}

function changeLines(
  change: ReviewedChange,
  bold: (text: string) => string,
  paint: (text: string) => string,
  dim: (text: string) => string,
): string[] {
  const because = replacedBecauseInWords(change, showValue);
  const facts = [
    ...(because.length > 0 ? [`replaced because of ${because.join(', ')}`] : []),
    ...(change.movedFrom === undefined ? [] : [`moved from ${change.movedFrom}`]),
    ...(change.importedAs === undefined ? [] : [`imported: ${change.importedAs}`]),
    ...change.notes,
    ...(change.downstream.length > 0
      ? [
          `felt by ${change.downstream.slice(0, 5).join(', ')}${change.downstream.length > 5 ? ` and ${change.downstream.length - 5} more` : ''}`,
        ]
      : []),
  ];
  return [
    `${paint(markOf(change).padEnd(3))} ${bold(change.address)}  ${dim(`${change.stack}, ${change.risk}`)}`,
    ...facts.map((fact) => `      ${fact}`),
    ...change.attributes.map(attributeLine),
  ];
}

function attributeLine({ path, before, after }: ReviewedChange['attributes'][number]): string {
  return `      ${path}: ${showValue(before)} -> ${showValue(after)}`;
}
