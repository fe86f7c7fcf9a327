import { html, type Markup } from '@loadlab/foundation/page';
import type { Review } from '../../review/review-schema';
import type { Risk } from '../../review/risk';
import { withoutKeys } from '../../review/dependents';
import { markOf } from '../words';
import { beginning } from '../visible';
import { text } from './text';

const BOX = { width: 400, height: 28 };
const ROW = 36;
const GAP = 130;
const TOP = 30;
/** More would be a wall, not a picture. */
const MOST_CHANGED = 24;
const MOST_FELT = 36;
/** What fits into a box at 12 px. */
const MOST_LETTERS = 46;

interface Node {
  readonly key: string;
  readonly address: string;
  readonly risk: Risk | undefined;
  readonly mark: string;
}

/** What changes, in its risk's colour, and on the right what feels it: in colour where it changes itself. SVG without script. */
export function graphSection(review: Review): Markup | undefined {
  const { sources, targets, edges, hidden } = layOut(review);
  if (sources.length === 0) return undefined;
  const height = TOP + Math.max(sources.length, targets.length) * ROW;
  const width = 2 * BOX.width + GAP;
  const right = BOX.width + GAP;
  return html`<section class="card">
    <h2>What changes, and what feels it</h2>
    <p class="foot swipe">Wider than this screen: what feels it is on the right.</p>
    <div class="scroll">
      <svg
        class="graph"
        viewBox="0 0 ${width} ${height}"
        width="${width}"
        height="${height}"
        role="img"
        aria-label="Which resources feel which changes"
      >
        <text class="title" x="0" y="14">changes</text>
        <text class="title" x="${right}" y="14">feels it</text>
        ${edges.map(({ from, to }) => edge(yOf(from), yOf(to), sources[from]?.risk ?? 'none'))}
        ${sources.map((node, index) => box(node, 0, yOf(index)))}
        ${targets.map((node, index) => box(node, right, yOf(index)))}
      </svg>
    </div>
    ${hidden > 0 ? html`<p class="foot">and ${hidden} more that are felt or feel it, at their changes below</p>` : undefined}
  </section>`;
}

interface Layout {
  readonly sources: readonly Node[];
  readonly targets: readonly Node[];
  readonly edges: readonly { readonly from: number; readonly to: number }[];
  readonly hidden: number;
}

/** Instances of one resource are one box. Targets stand near the mean of their sources, so that few lines cross. */
function layOut(review: Review): Layout {
  const changed = new Map<string, Node>();
  const felt = new Map<string, Review['changes'][number]>();
  for (const change of review.changes) {
    const address = withoutKeys(change.address);
    const key = `${change.stack} ${address}`;
    if (!changed.has(key)) changed.set(key, { key, address, risk: change.risk, mark: markOf(change) });
    if (change.downstream.length > 0) felt.set(key, change);
  }
  const sources = [...felt.keys()].slice(0, MOST_CHANGED).flatMap((key) => changed.get(key) ?? []);
  const places = new Map<string, number[]>();
  sources.forEach(({ key }, index) => {
    const { stack = '', downstream = [] } = felt.get(key) ?? {};
    for (const name of new Set(downstream)) {
      const target = `${stack} ${name}`;
      places.set(target, [...(places.get(target) ?? []), index]);
    }
  });
  const all = [...places].sort(([, left], [, right]) => mean(left) - mean(right)).map(([key]) => key);
  // What changes itself matters more than what only stands behind.
  const kept = new Set(
    [...all.filter((key) => changed.has(key)), ...all.filter((key) => !changed.has(key))].slice(0, MOST_FELT),
  );
  const targets = all
    .filter((key) => kept.has(key))
    .map(
      (key): Node => changed.get(key) ?? { key, address: key.slice(key.indexOf(' ') + 1), risk: undefined, mark: '' },
    );
  const edges = targets.flatMap(({ key }, to) => (places.get(key) ?? []).map((from) => ({ from, to })));
  return { sources, targets, edges, hidden: felt.size - sources.length + all.length - targets.length };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function yOf(index: number): number {
  return TOP + index * ROW;
}

function box({ key, address, risk, mark }: Node, x: number, y: number): Markup {
  const label = mark === '' ? undefined : html`<tspan class="mark">${mark} </tspan>`;
  return html`<g class="${risk === undefined ? 'still' : `changed ${risk}`}">
    <title>${text(key)}</title>
    <rect class="box" x="${x + 1}" y="${y}" width="${BOX.width - 2}" height="${BOX.height}" rx="7" /><text
      x="${x + 11}"
      y="${y + 18}"
      >${label}${shortened(text(address))}</text
    >
  </g>`;
}

/** The end of an address tells more than its beginning. */
function shortened(address: string): string {
  return address.length <= MOST_LETTERS ? address : `${beginning(address, 12)}…${address.slice(13 - MOST_LETTERS)}`;
}

function edge(from: number, to: number, risk: Risk): Markup {
  const [x1, x2, half] = [BOX.width, BOX.width + GAP, BOX.height / 2];
  const middle = (x1 + x2) / 2;
  return html`<path
    class="${risk}"
    d="M${x1} ${from + half}C${middle} ${from + half} ${middle} ${to + half} ${x2} ${to + half}"
  />`;
}
