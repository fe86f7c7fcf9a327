import type { PlannedChange } from './rehearsed-lab';

const SIGNS: Readonly<Record<string, string>> = { create: '+', update: '~', delete: '-', replace: '-/+' };

/** What is planned, as sorted lines `<stack> <sign> <type>`, with how many where there are several. */
export function linesOf(changes: readonly Omit<PlannedChange, 'address'>[]): string[] {
  const counts = new Map<string, number>();
  for (const { stack, type, action } of changes) {
    const line = `${stack} ${SIGNS[action] ?? action} ${type}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} x${count}`)).sort();
}
