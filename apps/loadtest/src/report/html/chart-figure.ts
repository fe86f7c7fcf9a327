import type { Chart } from '../charts/chart';
import { drawChart, NARROW, WIDE } from '../charts/draw-chart';
import { html, jsonForScript, type Markup } from '@loadlab/foundation/page';

/** A chart on the page: its name, how to read it, a drawing each for wide and narrow screens, and its numbers as a table. */
export function chartFigure(chart: Chart): Markup {
  const legend = chart.series.filter(({ silent }) => silent !== true);
  const data = {
    x: chart.readings.map(({ x }) => positionOn(chart, x)),
    titles: chart.readings.map(({ title }) => title),
    series: legend.map(({ name, look }, index) => ({
      name,
      look,
      texts: chart.readings.map(({ texts }) => texts[index] ?? ''),
    })),
  };
  return html`<figure class="card figure" id="${chart.id}" data-chart>
    <figcaption>
      <h3>${chart.title}</h3>
      <p>${chart.caption}</p>
    </figcaption>
    <ul class="legend">
      ${legend.map(({ name, look, shape }) => html`<li><span class="swatch ${shape} ${look}"></span>${name}</li>`)}
    </ul>
    <div class="plot">
      ${drawChart(chart, WIDE)}${drawChart(chart, NARROW)}
      <div class="readout" aria-hidden="true" hidden></div>
    </div>
    <details>
      <summary>The numbers</summary>
      ${numbers(chart)}
    </details>
    <script type="application/json">
      ${jsonForScript(data)}
    </script>
  </figure>`;
}

function numbers({ table, title }: Chart): Markup {
  return html`<div class="scroll">
    <table>
      <caption class="unseen">
        ${title}
      </caption>
      <thead>
        <tr>
          ${table.head.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${table.rows.map(
          ([first = '', ...others]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${others.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Where a value lies between the two ends of the x axis, 0 to 1, whatever the size of the drawing. */
function positionOn({ x: { kind, domain } }: Chart, value: number): number {
  const placed = (number: number): number => (kind === 'log' ? Math.log(number) : number);
  const [low, high] = domain;
  return Number(((placed(value) - placed(low)) / (placed(high) - placed(low))).toFixed(4));
}
