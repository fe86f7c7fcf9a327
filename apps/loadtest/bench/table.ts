/** Columns aligned: the first to the left, the others to the right. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const format = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  const [head = [], ...body] = rows;
  return [format(head), rule, ...body.map(format)].join('\n');
}

/** One line of a verdict on a bar. */
export interface Verdict {
  readonly what: string;
  readonly measured: string;
  readonly bar: string;
  readonly met: boolean;
}

export function formatVerdicts(verdicts: readonly Verdict[]): string {
  return formatTable([
    ['what', 'measured', 'bar', ''],
    ...verdicts.map(({ what, measured, bar, met }) => [what, measured, bar, met ? 'pass' : 'FAIL']),
  ]);
}
