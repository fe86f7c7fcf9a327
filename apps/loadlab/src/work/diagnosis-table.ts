import type { Diagnosis } from '@loadlab/doctor';
import Table from 'cli-table3';
import colors from 'picocolors';

const MARKS = { ok: colors.green('ok'), warning: colors.yellow('warning'), missing: colors.red('missing') } as const;
/** A table without lines. */
export const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** The diagnoses as a table, and below it what to do about those that are not well. */
export function diagnosisTable(diagnoses: readonly Diagnosis[]): string {
  const table = new Table({
    head: ['', 'check', 'seen', 'needed for'].map((title) => colors.dim(title)),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const { name, neededFor, finding } of diagnoses)
    table.push([MARKS[finding.state], name, finding.seen, colors.dim(neededFor)]);
  const remedies = diagnoses.flatMap(({ name, finding }) =>
    finding.remedy === undefined ? [] : [`  ${name}: ${finding.remedy}`],
  );
  return `${table.toString()}\n${remedies.length > 0 ? `\nWhat to do:\n${remedies.join('\n')}\n` : ''}`;
}
