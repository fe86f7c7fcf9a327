import { scaleLinear, scaleLog } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { html, type Markup } from '@loadlab/foundation/page';
import type { Axis, Chart, Mark, Point, Series } from './chart';

/** A drawing's size in its own units, and the room that labels take at its edges. */
export interface Frame {
  readonly look: 'wide' | 'narrow';
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** For a desktop and for paper. */
export const WIDE: Frame = {
  look: 'wide',
  width: 960,
  height: 320,
  left: 58,
  right: 34,
  top: 22,
  bottom: 46,
};
/** For a phone: drawn anew and not shrunk, so that its labels stay readable. */
export const NARROW: Frame = {
  look: 'narrow',
  width: 380,
  height: 280,
  left: 50,
  right: 24,
  top: 22,
  bottom: 44,
};

/** Of a character in an axis label, and what is left free between two labels; in units of the drawing. */
const DIGIT_WIDTH = 6.8;
const LABEL_GAP = 10;

type Scale = (value: number) => number;

/** Draws a chart as SVG. Colours come from classes, so that one drawing serves the light and the dark page. */
export function drawChart(chart: Chart, frame: Frame): Markup {
  const { width, height, left, right, top, bottom } = frame;
  const x = scaleOf(chart.x, [left, width - right]);
  const y = scaleOf(chart.y, [height - bottom, top]);
  const name = `${chart.id}-${frame.look}`;
  return html`<svg
    class="chart ${frame.look}"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-labelledby="${name}-title ${name}-text"
    data-left="${left}"
    data-right="${width - right}"
    data-top="${top}"
    data-bottom="${height - bottom}"
  >
    <title id="${name}-title">${chart.title}</title>
    <desc id="${name}-text">${chart.caption}</desc>
    <clipPath id="${name}-clip">
      <rect x="${left}" y="${top - 4}" width="${width - left - right}" height="${height - top - bottom + 8}" />
    </clipPath>
    ${gridOf(chart, frame, x, y)}
    <g clip-path="url(#${name}-clip)">${chart.series.map((series) => drawSeries(series, x, y))}</g>
    ${(chart.marks ?? []).map((mark) => drawMark(mark, frame, x, y))}
    <line class="crosshair" y1="${top}" y2="${height - bottom}" />
  </svg>`;
}

function scaleOf({ kind, domain }: Axis, range: readonly [number, number]): Scale {
  const scale = kind === 'log' ? scaleLog() : scaleLinear();
  const placed = scale.domain([...domain]).range([...range]);
  return (value) => placed(value);
}

function gridOf(chart: Chart, frame: Frame, x: Scale, y: Scale): Markup {
  const { width, height, left, right, top, bottom } = frame;
  const base = height - bottom;
  return html`<g class="axis">
    ${chart.y.ticks.map(
      ({ value, label }) =>
        html`<line class="grid" x1="${left}" x2="${width - right}" y1="${at(y(value))}" y2="${at(y(value))}" />
          <text x="${left - 8}" y="${at(y(value))}" dy="0.32em" text-anchor="end">${label}</text>`,
    )}
    ${withRoom(chart.x.ticks, x).map(
      ({ value, label }) =>
        html`<line class="tick" x1="${at(x(value))}" x2="${at(x(value))}" y1="${base}" y2="${base + 5}" />
          <text x="${at(x(value))}" y="${base + 18}" text-anchor="middle">${label}</text>`,
    )}
    <line class="base" x1="${left}" x2="${width - right}" y1="${base}" y2="${base}" />
    <text class="name" x="${left}" y="${top - 10}">${chart.y.title}</text>
    <text class="name" x="${width - right}" y="${height - 6}" text-anchor="end">${chart.x.title}</text>
  </g>`;
}

/** Ticks whose labels do not run into one another, from left to right. */
function withRoom(ticks: Axis['ticks'], x: Scale): Axis['ticks'] {
  const kept: { value: number; label: string }[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    const needed = ((tick.label.length + (last?.label.length ?? 0)) / 2) * DIGIT_WIDTH + LABEL_GAP;
    if (last === undefined || x(tick.value) - x(last.value) >= needed) kept.push({ ...tick });
  }
  return kept;
}

function drawSeries({ look, shape, points }: Series, x: Scale, y: Scale): Markup {
  const has = ({ y: value }: Point): boolean => value !== undefined;
  const px = (point: Point): number => x(point.x);
  const py = (point: Point): number => y(point.y ?? 0);
  const base = (point: Point): number => (point.y0 === undefined ? y(0) : y(point.y0));
  if (shape === 'bars') {
    const width = Math.max(1, Math.abs(px(points[1] ?? { x: 1, y: 0 }) - px(points[0] ?? { x: 0, y: 0 })) - 1);
    return html`<g class="bar ${look}"
      >${points
        .filter((point) => (point.y ?? 0) > (point.y0 ?? 0))
        .map(
          (point) =>
            html`<rect
              x="${at(px(point))}"
              y="${at(py(point))}"
              width="${at(width)}"
              height="${at(base(point) - py(point))}"
            />`,
        )}</g
    >`;
  }
  const path =
    shape === 'area' || shape === 'steps'
      ? area<Point>().defined(has).x(px).y1(py).y0(base)
      : line<Point>().defined(has).x(px).y(py);
  const drawn = (shape === 'steps' ? path.curve(curveStepAfter) : path)([...points]) ?? '';
  const rounded = drawn.replace(/\d+\.\d+/g, (number) => String(at(Number(number))));
  return html`<path class="${shape} ${look}" d="${rounded}" />`;
}

function drawMark({ axis, value, label }: Mark, frame: Frame, x: Scale, y: Scale): Markup {
  const { width, height, left, right, top, bottom } = frame;
  if (axis === 'y')
    return html`<g class="mark"
      ><line x1="${left}" x2="${width - right}" y1="${at(y(value))}" y2="${at(y(value))}" />
      <text x="${width - right}" y="${at(y(value)) - 5}" text-anchor="end">${label}</text></g
    >`;
  return html`<g class="mark"
    ><line x1="${at(x(value))}" x2="${at(x(value))}" y1="${top}" y2="${height - bottom}" />
    <text x="${at(x(value)) + 4}" y="${top + 10}">${label}</text></g
  >`;
}

/** A tenth of a unit is finer than any screen. */
function at(position: number): number {
  return Math.round(position * 10) / 10;
}
