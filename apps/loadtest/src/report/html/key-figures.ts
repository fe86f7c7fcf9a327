import type { RunRecord } from '../../record/record-schema';
import { failures } from '../../validity/judge-validity';
import {
  asFigure,
  asPercent,
  asPlainRate,
  asRate,
  asShift,
  inMilliseconds,
  intervalInWords,
  inThousands,
} from '../figures';
import { PUBLISHED } from '../published-figures';
import { html, type Markup } from '@loadlab/foundation/page';
import { bigMetric, metric } from './metric';

/** The figures that everybody looks for first, each with what it has to be seen with. */
export function keyFigures(record: RunRecord): Markup {
  return html`<section class="cards ${record.overhead === undefined ? 'four' : 'five'}" aria-label="Key figures">
    ${latencyCard(record)} ${rateCard(record)} ${overheadCard(record)} ${errorCard(record)} ${streamCard(record)}
  </section>`;
}

function latencyCard({ latency }: RunRecord): Markup {
  const percentiles = (['p50', 'p95', 'p99'] as const).map(
    (name) =>
      html`<div>
        <dt>${name}</dt>
        <dd>${bigMetric(`latency.${name}`, latency[name], asFigure(latency, name))}</dd>
        <dd class="aside">published ${PUBLISHED.latency[name] / 1000}&#8239;ms</dd>
      </div>`,
  );
  return html`<div class="card key wide">
    <h2>Latency</h2>
    <dl class="trio">${percentiles}</dl>
    <p class="aside">
      From each request's intended start; ${metric('latency.count', latency.count, inThousands(latency.count))}
      measured, mean ${metric('latency.mean', latency.mean, asFigure(latency, 'mean'))}, longest
      ${metric('latency.max', latency.max, asFigure(latency, 'max'))}
    </p>
  </div>`;
}

function rateCard({ rate }: RunRecord): Markup {
  const { achieved, offered, littlesBound } = rate;
  return html`<div class="card key">
    <h2>Rate</h2>
    <p>${bigMetric('rate.achieved', achieved, asRate(achieved))}</p>
    <p class="aside">${metric('rate.offered', offered, asPlainRate(offered))} offered</p>
    ${
      littlesBound === undefined
        ? undefined
        : html`<p class="aside">
            ${metric('rate.littlesBound', littlesBound, asPlainRate(littlesBound))} is Little's bound
          </p>`
    }
    <p class="aside last">published ${asPlainRate(PUBLISHED.rate)}</p>
  </div>`;
}

function overheadCard({ overhead }: RunRecord): Markup | undefined {
  if (overhead === undefined) return undefined;
  const { direct, header } = overhead;
  const shift = direct?.p50;
  const own = header === undefined ? undefined : metric('overhead.header.p50', header.p50, asFigure(header, 'p50'));
  return html`<div class="card key">
    <h2>Overhead, p50</h2>
    ${
      shift === undefined
        ? html`<p>
              ${bigMetric('overhead.header.p50', header?.p50, header === undefined ? 'none' : asFigure(header, 'p50'))}
            </p>
            <p class="aside">by LiteLLM's own header</p>`
        : html`<p>${bigMetric('overhead.direct.p50.shiftUs', shift.shiftUs, asShift(shift.shiftUs))}</p>
            <p class="aside">against direct (95&#8239;%: ${intervalInWords(shift)})</p>
            ${own === undefined ? undefined : html`<p class="aside">${own} by LiteLLM's own header</p>`}`
    }
    <p class="aside last">published ${inMilliseconds(PUBLISHED.overhead.p50)}, by header</p>
  </div>`;
}

function errorCard({ counts, errorRate }: RunRecord): Markup {
  const failed = failures(counts);
  const text = errorRate === undefined ? 'none finished' : asPercent(errorRate);
  return html`<div class="card key">
    <h2>Errors</h2>
    <p class="${failed > 0 ? 'bad' : ''}">${bigMetric('errorRate', errorRate, text)}</p>
    <p class="aside">
      ${inThousands(failed)} of ${metric('counts.started', counts.started, inThousands(counts.started))} requests
      failed, ${metric('counts.succeeded', counts.succeeded, inThousands(counts.succeeded))} succeeded
    </p>
    ${
      counts.unfinished > 0
        ? html`<p class="aside">
            ${metric('counts.unfinished', counts.unfinished, inThousands(counts.unfinished))} unfinished
          </p>`
        : undefined
    }
  </div>`;
}

function streamCard({ timeToFirstToken, interTokenGap, tokens }: RunRecord): Markup | undefined {
  if (timeToFirstToken === undefined) return undefined;
  const rate = tokens?.perStreamPerSecond?.p50;
  return html`<div class="card key full">
    <h2>Streaming</h2>
    <dl class="trio">
      <div>
        <dt>first token, p50</dt>
        <dd>${bigMetric('timeToFirstToken.p50', timeToFirstToken.p50, asFigure(timeToFirstToken, 'p50'))}</dd>
        <dd class="aside">
          p95 ${metric('timeToFirstToken.p95', timeToFirstToken.p95, asFigure(timeToFirstToken, 'p95'))}
        </dd>
      </div>
      ${
        interTokenGap === undefined
          ? undefined
          : html`<div>
              <dt>gap between tokens, p50</dt>
              <dd>${bigMetric('interTokenGap.p50', interTokenGap.p50, asFigure(interTokenGap, 'p50'))}</dd>
              <dd class="aside">
                p95 ${metric('interTokenGap.p95', interTokenGap.p95, asFigure(interTokenGap, 'p95'))}
              </dd>
            </div>`
      }
      ${
        rate === undefined
          ? undefined
          : html`<div>
              <dt>each stream, p50</dt>
              <dd>${bigMetric('tokens.perStreamPerSecond.p50', rate, `${rate.toFixed(1)} tokens/s`)}</dd>
            </div>`
      }
    </dl>
  </div>`;
}
