import { escapeXml, palette, STYLE } from './drawing';
import { LANES, type Box, type Lane, type Picture } from './picture';

const LANE_WIDTH = 226;
const GAP = 70;
const BOX_WIDTH = 210;
const BOX_HEIGHT = 52;
const ROW = 76;
const TOP = 96;

const TITLES: Readonly<Record<Lane, string>> = {
  public: 'public subnets',
  private: 'private subnets: what runs',
  files: 'private subnets: its files',
  data: 'data subnets, no way out',
  outside: 'outside the VPC',
};

/** The picture as SVG: a lane for each tier, a colour for each stack, arrows for what security groups let through. */
export function drawLanes(picture: Picture): string {
  const lanes = LANES.filter((lane) => picture.boxes.some((box) => box.lane === lane));
  const placed = new Map<string, { x: number; y: number; box: Box }>();
  for (const [column, lane] of lanes.entries()) {
    const boxes = picture.boxes.filter((box) => box.lane === lane);
    for (const [row, box] of boxes.entries())
      placed.set(box.key, {
        x: 20 + column * (LANE_WIDTH + GAP) + (LANE_WIDTH - BOX_WIDTH) / 2,
        y: TOP + row * ROW,
        box,
      });
  }
  const rows = Math.max(...lanes.map((lane) => picture.boxes.filter((box) => box.lane === lane).length));
  const width = 40 + lanes.length * LANE_WIDTH + (lanes.length - 1) * GAP;
  const bottom = TOP + rows * ROW;
  const stacks = [...new Set(picture.boxes.map((box) => box.stack))];
  const colors = palette(stacks);
  const inVpc = lanes.filter((lane) => lane !== 'outside').length;
  const parts = [
    `<rect class="vpc" x="8" y="34" width="${inVpc * LANE_WIDTH + (inVpc - 1) * GAP + 24}" height="${bottom - 24}" rx="14"/><text class="dim" x="24" y="56">VPC</text>`,
    ...lanes.map(
      (lane, column) =>
        `<text class="lane" x="${20 + column * (LANE_WIDTH + GAP) + LANE_WIDTH / 2}" y="80" text-anchor="middle">${TITLES[lane]}</text>`,
    ),
    ...picture.arrows.map(({ from, to, label, kind }) => arrow(placed.get(from), placed.get(to), label, kind)),
    ...[...placed.values()].map(({ x, y, box }) => card(x, y, box, colors.get(box.stack) ?? 'gray')),
    ...stacks.map(
      (stack, index) =>
        `<g><rect x="${20 + index * 150}" y="${bottom + 28}" width="12" height="12" rx="3" fill="${colors.get(stack) ?? 'gray'}"/><text x="${38 + index * 150}" y="${bottom + 38}">${escapeXml(stack)}</text></g>`,
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + 56}" width="${width}" height="${bottom + 56}" role="img" aria-label="What runs where, and who may reach whom">\n<style>${STYLE}</style>\n<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>\n${parts.join('\n')}\n</svg>\n`;
}

function card(x: number, y: number, box: Box, color: string): string {
  return `<g><title>${escapeXml(box.key)}</title><rect class="card" x="${x}" y="${y}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="8"/><rect x="${x}" y="${y}" width="6" height="${BOX_HEIGHT}" rx="3" fill="${color}"/><text class="title" x="${x + 18}" y="${y + 22}">${escapeXml(box.title)}</text><text class="dim" x="${x + 18}" y="${y + 40}">${escapeXml(box.detail)}</text></g>`;
}

function arrow(
  from: { x: number; y: number } | undefined,
  to: { x: number; y: number } | undefined,
  label: string,
  kind: string,
): string {
  if (from === undefined || to === undefined) return '';
  const y1 = from.y + BOX_HEIGHT / 2;
  const y2 = to.y + BOX_HEIGHT / 2;
  const sameLane = from.x === to.x;
  // Within a lane the arrow bends round the boxes between the two.
  const [x1, x2] = sameLane ? [from.x, to.x] : from.x < to.x ? [from.x + BOX_WIDTH, to.x] : [from.x, to.x + BOX_WIDTH];
  const bend = sameLane ? -(22 + Math.abs(y2 - y1) * 0.1) : 0;
  const middle = (x1 + x2) / 2 + bend;
  // Past other boxes the middle of an arrow is hidden; its end is not.
  const isLong = Math.abs(x2 - x1) > LANE_WIDTH;
  const [labelX, labelY] = isLong ? [x2 - 28, y2 - 8] : [middle + bend * 0.6, (y1 + y2) / 2 - 4];
  return `<g class="${kind}"><path d="M${x1} ${y1}C${middle + bend} ${y1} ${middle + bend} ${y2} ${x2} ${y2}" marker-end="url(#tip)"/><text x="${labelX}" y="${labelY}" text-anchor="middle">${escapeXml(label)}</text></g>`;
}
