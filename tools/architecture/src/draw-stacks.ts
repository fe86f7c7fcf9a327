import { escapeXml, palette, STYLE } from './drawing';
import type { SynthesizedStack } from './read-stacks';

const WIDTH = 250;
const COLUMN = 290;
const LINE = 20;
const LEGEND = 44;

/** Every stack with its outputs as SVG, left of those that read it; a dot behind an output for each stack that does. */
export function drawStacks(stacks: readonly SynthesizedStack[]): string {
  const colors = palette(stacks.map(({ name }) => name));
  const levels = levelsOf(stacks);
  const columns = Math.max(...levels.values()) + 1;
  const heights = Array.from({ length: columns }, () => LEGEND);
  const cards = stacks.map((stack) => {
    const level = levels.get(stack.name) ?? 0;
    const y = heights[level] ?? LEGEND;
    const height = 44 + Object.keys(stack.outputs).length * LINE;
    heights[level] = y + height + 24;
    return stackCard(stack, { x: 16 + level * COLUMN, y, height }, stacks, colors);
  });
  const width = 32 + (columns - 1) * COLUMN + WIDTH;
  const height = Math.max(...heights);
  const legend = `<text class="dim" x="16" y="24">What each stack publishes; a dot for each stack that reads it.</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Which stack reads which outputs of which other">\n<style>${STYLE}</style>\n${legend}\n${cards.join('\n')}\n</svg>\n`;
}

/** A stack stands right of all that it reads. */
function levelsOf(stacks: readonly SynthesizedStack[]): Map<string, number> {
  const levels = new Map<string, number>();
  const level = (name: string): number => {
    const known = levels.get(name);
    if (known !== undefined) return known;
    const reads = [...(stacks.find((stack) => stack.name === name)?.reads.keys() ?? [])].filter((producer) =>
      stacks.some((stack) => stack.name === producer),
    );
    const own = reads.length === 0 ? 0 : 1 + Math.max(...reads.map(level));
    levels.set(name, own);
    return own;
  };
  for (const { name } of stacks) level(name);
  return levels;
}

function stackCard(
  { name, outputs }: SynthesizedStack,
  { x, y, height }: { x: number; y: number; height: number },
  stacks: readonly SynthesizedStack[],
  colors: ReadonlyMap<string, string>,
): string {
  const rows = Object.keys(outputs).map((output, index) => {
    const baseline = y + 50 + index * LINE;
    const readers = stacks.filter(({ reads }) => reads.get(name)?.includes(output) === true);
    const dots = readers.map(
      (reader, place) =>
        `<circle cx="${x + WIDTH - 16 - place * 16}" cy="${baseline - 4}" r="5" fill="${colors.get(reader.name) ?? 'gray'}"><title>${escapeXml(reader.name)}</title></circle>`,
    );
    return `<text class="dim" x="${x + 18}" y="${baseline}">${escapeXml(output)}</text>${dots.join('')}`;
  });
  return `<g><rect class="card" x="${x}" y="${y}" width="${WIDTH}" height="${height}" rx="8"/><rect x="${x}" y="${y}" width="6" height="${height}" rx="3" fill="${colors.get(name) ?? 'gray'}"/><text class="title" x="${x + 18}" y="${y + 26}">${escapeXml(name)}</text>${rows.join('')}</g>`;
}
