import type { Review } from '../review/review';
import type { Risk } from '../review/risk';
import { escapeHtml } from './escape-html';

const COLUMN = 330;
const ROW = 34;
const WIDTH = 290;
const HEIGHT = 26;
/** More would be a wall, not a picture. */
const MOST_CHANGES = 30;
const MOST_FELT = 8;

/**
 * What changes, in its risk's colour, on the left; on the right what feels it, grey unless it changes itself. SVG without script.
 * Undefined when no change is felt by anything.
 */
export function drawGraph(review: Review): string | undefined {
  const felt = review.changes
    .filter(({ downstream, action }) => downstream.length > 0 && action !== 'no-op')
    .slice(0, MOST_CHANGES);
  if (felt.length === 0) return undefined;
  const risks = new Map<string, Risk>(review.changes.map(({ stack, address, risk }) => [`${stack}/${address}`, risk]));
  const left = felt.map(({ stack, address }) => `${stack}/${address}`);
  const right = [
    ...new Set(
      felt.flatMap(({ stack, downstream }) => downstream.slice(0, MOST_FELT).map((address) => `${stack}/${address}`)),
    ),
  ];
  const height = Math.max(left.length, right.length) * ROW + 8;
  const y = (index: number): number => index * ROW + 4;
  const edges = felt.flatMap(({ stack, downstream }, index) =>
    downstream.slice(0, MOST_FELT).map((address) => edge(y(index), y(right.indexOf(`${stack}/${address}`)))),
  );
  const nodes = [
    ...left.map((key, index) => node(key, 0, y(index), risks.get(key) ?? 'none')),
    ...right.map((key, index) => node(key, COLUMN + 60, y(index), risks.get(key))),
  ];
  const width = COLUMN + 60 + WIDTH;
  return `<svg class="graph" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Which resources feel which changes">${edges.join('')}${nodes.join('')}</svg>`;
}

function node(key: string, x: number, y: number, risk: Risk | undefined): string {
  const address = key.slice(key.indexOf('/') + 1);
  const label = address.length > 42 ? `${address.slice(0, 41)}…` : address;
  return `<g class="${risk ?? 'felt'}"><title>${escapeHtml(key)}</title><rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="4"/><text x="${x + 8}" y="${y + 17}">${escapeHtml(label)}</text></g>`;
}

function edge(from: number, to: number): string {
  const [x1, x2] = [WIDTH, COLUMN + 60];
  const middle = (x1 + x2) / 2;
  return `<path d="M${x1} ${from + HEIGHT / 2}C${middle} ${from + HEIGHT / 2} ${middle} ${to + HEIGHT / 2} ${x2} ${to + HEIGHT / 2}"/>`;
}
