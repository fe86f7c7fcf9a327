import { createHash } from 'node:crypto';
import { decodeDistribution } from '../../record/distribution';
import type { RunRecord } from '../../record/record-schema';
import type { Chart } from '../charts/chart';
import { distributionChart } from '../charts/distribution-chart';
import { type Named, quantileChart } from '../charts/quantile-chart';
import { failuresOverTime, latencyOverTime, rateOverTime } from '../charts/time-charts';
import { arrivalInWords, requestInWords } from '../scenario-in-words';
import { type Verdict, verdictOf } from '../verdict';
import { chartFigure } from './chart-figure';
import { definitions } from './definitions';
import { keyFigures } from './key-figures';
import { html, LOGO, Markup, withoutIndentation } from '@loadlab/foundation/page';
import { metric } from './metric';
import { PAGE_SCRIPT } from './page-script';
import { PAGE_STYLE } from './page-style';
import { failureSection, runSection, trustSection } from './run-sections';
import { objectiveTable, overheadTable, percentileTable, publishedSection } from './tables';

/**
 * A run as one self-contained page: no script, style, font or picture is loaded from anywhere, and its own security policy
 * forbids it. The same record always gives the same page. Figures carry `data-metric` (their path in the record) and
 * `data-value`, so that a program can read them back.
 */
export function htmlReport(record: RunRecord): string {
  const verdict = verdictOf(record);
  const sections = [
    objectiveTable(record),
    latencyGroup(record),
    timeGroup(record),
    failureSection(record),
    overheadGroup(record),
    trustSection(record),
    publishedSection(record),
    runSection(record),
    definitions(),
  ];
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <meta name="generator" content="LoadLab ${record.provenance.loadlab}" />
        <title>${record.scenario.name}: ${verdict.title} – LoadLab</title>
        <link rel="icon" href="data:," />
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main class="page" data-verdict="${verdict.state}">
          ${header(record)} ${banner(verdict, record.validity.reasons)} ${keyFigures(record)} ${contents(sections)}
          ${sections} ${footer(record)}
        </main>
        ${SCRIPT_ELEMENT}
      </body>
    </html> `;
  return withoutIndentation(page.text);
}

function header({ scenario, target, window }: RunRecord): Markup {
  return html`<header>
    <div class="top">
      <span class="brand">${LOGO}LoadLab</span>
      <button type="button" data-switch hidden></button>
    </div>
    <p class="eyebrow">${scenario.name} &middot; ${window.startedAt.replace('T', ' ').slice(0, 16)} UTC</p>
    <h1>${scenario.description ?? scenario.name}</h1>
    <p class="lead">
      ${arrivalInWords(scenario)}; ${requestInWords(scenario)}; against <span class="address">${target}</span>
    </p>
  </header>`;
}

function banner({ state, title, sentence }: Verdict, reasons: readonly string[]): Markup {
  const mark = { passed: '\u2713', missed: '\u2717', invalid: '!', interrupted: '\u2016' }[state];
  return html`<div class="verdict ${state}" role="status">
    <span class="mark" aria-hidden="true">${mark}</span>
    <div>
      <strong>${title}</strong>
      <p>${sentence}</p>
      ${
        reasons.length === 0
          ? undefined
          : html`<ul class="plain">
              ${reasons.map((reason) => html`<li>${reason}</li>`)}
            </ul>`
      }
    </div>
  </div>`;
}

const PLACES: readonly (readonly [string, string])[] = [
  ['objectives', 'Objectives'],
  ['latency', 'Latency'],
  ['time', 'Over time'],
  ['failures', 'Failures'],
  ['overhead', 'Overhead'],
  ['trust', 'Can I trust this?'],
  ['published', 'Published figures'],
  ['run', 'The run'],
  ['terms', 'Terms'],
];

/** Links to the sections that this page has. */
function contents(sections: readonly (Markup | undefined)[]): Markup {
  const text = sections.map((section) => section?.text ?? '').join('');
  const present = PLACES.filter(([id]) => text.includes(`id="${id}"`));
  return html`<nav aria-label="Contents">${present.map(([id, name]) => html`<a href="#${id}">${name}</a> `)}</nav>`;
}

function latencyGroup(record: RunRecord): Markup {
  const { latency, direct } = record;
  const curves: Named[] = [
    {
      name: direct === undefined ? 'latency' : 'through the gateway',
      look: 'target',
      distribution: decodeDistribution(latency.histogram),
    },
    ...(direct === undefined
      ? []
      : [{ name: 'past it, direct', look: 'direct', distribution: decodeDistribution(direct.latency.histogram) }]),
  ];
  const charts: Chart[] =
    latency.count === 0 ? [] : [quantileChart(curves, latency.censored ?? 0), distributionChart(curves)];
  return html`<section class="group" id="latency">
    <h2>Latency</h2>
    ${charts.map(chartFigure)}
    <div class="card">
      <h3>Percentiles</h3>
      ${percentileTable(record)}
    </div>
  </section>`;
}

function timeGroup(record: RunRecord): Markup | undefined {
  if (record.series.length === 0) return undefined;
  const failed = failuresOverTime(record);
  return html`<section class="group" id="time">
    <h2>Over time</h2>
    ${[latencyOverTime(record), rateOverTime(record), ...(failed === undefined ? [] : [failed])].map(chartFigure)}
  </section>`;
}

function overheadGroup(record: RunRecord): Markup | undefined {
  const table = overheadTable(record);
  if (table === undefined) return undefined;
  return html`<section class="card" id="overhead">
    <h2>Overhead, ${['one way', 'two ways', 'three ways'][Object.keys(record.overhead ?? {}).length - 1] ?? ''}</h2>
    ${table}
  </section>`;
}

function footer({ id, sha256, schema }: RunRecord): Markup {
  return html`<footer class="foot">
    Made from the record ${metric('id', undefined, id)} (${schema}, sha256 ${sha256}).
    <code>loadlab report result.json</code> makes this page again.
  </footer>`;
}

const SCRIPT = withoutIndentation(PAGE_SCRIPT);
const STYLE_ELEMENT = new Markup(`<style>${PAGE_STYLE}</style>`);
const SCRIPT_ELEMENT = new Markup(`<script>${SCRIPT}</script>`);

/** Nothing may be loaded, and no script runs but the page's own. */
function policy(): string {
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  return `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}
