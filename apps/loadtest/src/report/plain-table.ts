import Table from 'cli-table3';

const NO_LINES = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'],
  ].map((name) => [name, '']),
);

/** Rows in aligned columns without any lines, indented by two. */
export function plainTable(rows: readonly (readonly string[])[], head?: readonly string[]): string {
  const table = new Table({
    chars: { ...NO_LINES, left: '  ', middle: '   ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    ...(head === undefined ? {} : { head: [...head] }),
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
