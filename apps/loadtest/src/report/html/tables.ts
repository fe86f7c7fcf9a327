import type { DistributionSection, JudgedObjective, RunRecord } from '../../record/record-schema';
import { asFigure, asShift, intervalInWords, objectiveInWords } from '../figures';
import { figureRows } from '../figure-rows';
import { aboutTheBound, aboutThePublishedRate, PUBLISHED, whyTheyMayDiffer } from '../published-figures';
import { html, type Markup } from '@loadlab/foundation/page';
import { meter } from './meter';
import { metric } from './metric';

/** Where on its bar an objective's limit is drawn, so that what lies beyond it still shows. */
const LIMIT_AT = 0.75;
const FIGURES = ['p50', 'p90', 'p95', 'p99', 'p999', 'max', 'mean'] as const;
const FIGURE_NAMES = {
  p50: 'p50',
  p90: 'p90',
  p95: 'p95',
  p99: 'p99',
  p999: 'p99.9',
  max: 'max',
  mean: 'mean',
} as const;

/** The objectives and whether each was met; nothing when the scenario names none. */
export function objectiveTable({ slo }: RunRecord): Markup | undefined {
  if (slo.length === 0) return undefined;
  return html`<section class="card" id="objectives">
    <h2>Objectives</h2>
    <table class="objectives">
      <thead>
        <tr>
          <th scope="col">objective</th>
          <th scope="col"><span class="unseen">measured against the limit</span></th>
          <th scope="col">measured</th>
          <th scope="col">result</th>
        </tr>
      </thead>
      <tbody>
        ${slo.map(objectiveRow)}
      </tbody>
    </table>
  </section>`;
}

function objectiveRow(judged: JudgedObjective): Markup {
  const { name, wanted, measured } = objectiveInWords(judged);
  const { objective, limit, met } = judged;
  const level = judged.measured === undefined || limit === 0 ? undefined : judged.measured / limit;
  return html`<tr>
    <th scope="row">${name} <small>${wanted}</small></th>
    <td class="bar">${level === undefined ? undefined : meter(level * LIMIT_AT, { limit: LIMIT_AT, good: met })}</td>
    <td>${metric(`slo.${objective}`, judged.measured, measured)}</td>
    <td><span class="pill ${met ? 'good' : 'bad'}">${met ? 'met' : 'missed'}</span></td>
  </tr>`;
}

/** Every distribution of the run, percentile by percentile. */
export function percentileTable({ latency, direct, serviceTime, failedLatency, ...record }: RunRecord): Markup {
  const sections: [string, string, DistributionSection | undefined][] = [
    ['latency', 'Latency', latency],
    ['serviceTime', 'Service time', serviceTime],
    ['direct.latency', 'Latency past the gateway', direct?.latency],
    ['failedLatency', 'Failures', failedLatency],
    ['timeToFirstToken', 'Time to first token', record.timeToFirstToken],
    ['interTokenGap', 'Gap between tokens', record.interTokenGap],
  ];
  return html`<div class="scroll">
    <table class="percentiles">
      <thead>
        <tr>
          <th></th>
          ${FIGURES.map((figure) => html`<th scope="col">${FIGURE_NAMES[figure]}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${sections.map(([path, name, section]) =>
          section === undefined
            ? undefined
            : html`<tr>
                <th scope="row">${name}</th>
                ${FIGURES.map((figure) => percentileCell(path, section, figure))}
              </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The three measures of overhead beside each other, each with what it does and does not see. */
export function overheadTable({ overhead }: RunRecord): Markup | undefined {
  if (overhead === undefined) return undefined;
  const { header, queueing, direct } = overhead;
  const basis =
    direct?.basis === 'rounds'
      ? `95 % intervals from the spread of ${direct.pairs.length} pairs of rounds`
      : '95 % intervals from the order of requests in one pair of rounds: how much runs differ is not in them';
  return html`<div class="scroll">
    <table class="overhead">
      <thead>
        <tr>
          <th scope="col">measured as</th>
          <th scope="col">p50</th>
          <th scope="col">p95</th>
          <th scope="col">p99</th>
        </tr>
      </thead>
      <tbody>
        ${
          direct === undefined
            ? undefined
            : html`<tr>
                <th scope="row">
                  Against direct <small>all that the gateway adds, as its users feel it; ${basis}</small>
                </th>
                ${(['p50', 'p95', 'p99'] as const).map((name) => shiftCell(name, direct[name]))}
              </tr>`
        }
        ${overheadRow('overhead.header', "LiteLLM's header", 'what LiteLLM says of itself, from when its handler starts', header)}
        ${overheadRow('overhead.queueing', 'Waiting', "before LiteLLM's clock starts, so that its header misses it", queueing)}
      </tbody>
    </table>
  </div>`;
}

/** This run beside LiteLLM's published benchmark, and why the two may differ. */
export function publishedSection(record: RunRecord): Markup {
  const rows = figureRows(record).filter(({ published }) => published !== '');
  const remarks = [...whyTheyMayDiffer(record), aboutThePublishedRate(), aboutTheBound(record)];
  return html`<section class="card" id="published">
    <h2>Beside the published figures</h2>
    <p>
      LiteLLM's own benchmark: ${PUBLISHED.tasks} tasks of ${PUBLISHED.cpuPerTask} vCPU and 8 GB with
      ${PUBLISHED.workersPerTask} workers each, PostgreSQL, 1,000 users with 0.5 to 1 s of think time, an upstream of
      100 ms (<span class="address">${PUBLISHED.source}</span>).
    </p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th></th>
            <th scope="col">this run</th>
            <th scope="col">published</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ name, measured, published }) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td>${measured}</td>
                <td>${published}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <h3>Why they may differ</h3>
    <ul class="plain">
      ${remarks.map((remark) => (remark === undefined ? undefined : html`<li>${remark}</li>`))}
    </ul>
  </section>`;
}

function percentileCell(path: string, section: DistributionSection, figure: (typeof FIGURES)[number]): Markup {
  const value = section[figure];
  return value === undefined
    ? html`<td class="none" title="${asFigure(section, figure)}">–</td>`
    : html`<td>${metric(`${path}.${figure}`, value, asFigure(section, figure))}</td>`;
}

function overheadRow(
  path: string,
  name: string,
  explanation: string,
  section: DistributionSection | undefined,
): Markup | undefined {
  if (section === undefined) return undefined;
  return html`<tr>
    <th scope="row">${name} <small>${explanation}</small></th>
    ${(['p50', 'p95', 'p99'] as const).map((figure) => percentileCell(path, section, figure))}
  </tr>`;
}

type Shift = NonNullable<NonNullable<RunRecord['overhead']>['direct']>['p50'];

function shiftCell(name: string, shift: Shift): Markup {
  if (shift === undefined) return html`<td class="none" title="too few samples">–</td>`;
  const { shiftUs } = shift;
  return html`<td>
    ${metric(`overhead.direct.${name}.shiftUs`, shiftUs, `${shift.atLeast === true ? 'at least ' : ''}${asShift(shiftUs)}`)}
    <small>${intervalInWords(shift)}</small>
  </td>`;
}
