/** Colours of stacks that stand apart on light and dark, and for those who do not tell red from green. @source https://personal.sron.nl/~pault/ (bright scheme) */
const COLORS = ['#4477aa', '#ee6677', '#228833', '#ccbb44', '#66ccee', '#aa3377'];

/** One colour for each stack, the same for the same list. */
export function palette(stacks: readonly string[]): Map<string, string> {
  return new Map(stacks.map((stack, index) => [stack, COLORS[index % COLORS.length] ?? 'gray']));
}

/** Text for SVG. */
export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** System fonts, light and dark by the reader's setting. */
export const STYLE =
  ':root{--fg:#1c1e21;--dim:#667;--line:#99a;--card:#fff;--ground:#f4f6f8}@media(prefers-color-scheme:dark){:root{--fg:#e8eaed;--dim:#9aa;--line:#778;--card:#22262b;--ground:#181b1f}}' +
  'text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--fg)}.dim,.traffic text,.mount text{fill:var(--dim);font-size:12px}.title{font-weight:600}.lane{fill:var(--dim);font-weight:600}' +
  '.vpc{fill:var(--ground);stroke:var(--line);stroke-dasharray:5 4}.card{fill:var(--card);stroke:var(--line)}.traffic path,.mount path{fill:none;stroke:var(--line);stroke-width:1.4}.mount path{stroke-dasharray:3 3}path.tip{fill:var(--line);stroke:none}';
