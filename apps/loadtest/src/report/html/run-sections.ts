import { FAILURE_CLASSES, type FailureClass } from '../../measurement/measurement';
import type { RunRecord } from '../../record/record-schema';
import { costRows } from '../figure-rows';
import { asDuration, asPercent, costBasis, inMilliseconds, inThousands } from '../figures';
import { MOST_DISPATCH_LAG_US, MOST_GENERATOR_CPU } from '../../validity/judge-validity';
import { arrivalInWords, requestInWords } from '../scenario-in-words';
import { trustChecks } from '../trust-checks';
import { html, type Markup } from '@loadlab/foundation/page';
import { meter } from './meter';
import { metric } from './metric';

const MARKS = { good: '\u2713', bad: '\u2717', note: 'i' } as const;
const MARK_NAMES = { good: 'good', bad: 'bad', note: 'to be known' } as const;

/** Why the figures can or cannot be trusted, and how the generator fared. */
export function trustSection(record: RunRecord): Markup {
  const { valid } = record.validity;
  return html`<section class="card" id="trust">
    <h2>Can I trust this?</h2>
    <p>
      ${valid ? 'Nothing speaks against it.' : 'No: what is crossed out below is in these figures.'} What was checked:
    </p>
    <ul class="checks">
      ${trustChecks(record).map(
        ({ state, name, finding }) =>
          html`<li class="${state}">
            <span class="mark" role="img" aria-label="${MARK_NAMES[state]}">${MARKS[state]}</span>
            <span><strong>${name}</strong> ${finding}</span>
          </li>`,
      )}
    </ul>
    <h3>The load generator</h3>
    ${generatorMeters(record)}
  </section>`;
}

/** What went wrong, in the target's own words; nothing when nothing did. */
export function failureSection({ counts, failureSamples }: RunRecord): Markup | undefined {
  const classes = FAILURE_CLASSES.filter((name) => counts.failed[name] > 0);
  if (classes.length === 0) return undefined;
  return html`<section class="card" id="failures">
    <h2>Failures</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">class</th>
            <th scope="col">count</th>
            <th scope="col" class="words">the target's own words</th>
          </tr>
        </thead>
        <tbody>
          ${classes.map((name) => failureRow(name, counts.failed[name], failureSamples ?? []))}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** All that is needed to run it again. */
export function runSection({ scenario, window, target, direct, provenance, rounds, ...record }: RunRecord): Markup {
  const { machine, gateway, labels } = provenance;
  const facts: [string, string | undefined][] = [
    ['scenario', scenario.description === undefined ? scenario.name : `${scenario.name}: ${scenario.description}`],
    ['load', arrivalInWords(scenario)],
    ['requests', `${requestInWords(scenario)}; ${scenario.request.path}, model ${scenario.request.model}`],
    ['timing', `${timing(scenario, rounds)}; timeout ${asDuration(scenario.timeout)}; seed ${provenance.seed}`],
    ['target', target],
    ['direct', direct?.target],
    ['gateway', gateway === undefined ? undefined : `${gateway.tasks} x ${gateway.workersPerTask} LiteLLM workers`],
    ['LiteLLM', provenance.litellmVersion],
    ['config.yaml', provenance.configSha256],
    ['started', `${window.startedAt.replace('T', ' ').slice(0, 19)} UTC`],
    ['generator machine', `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.os}`],
    [
      'idle round trip',
      provenance.idleRoundTripUs === undefined ? undefined : inMilliseconds(provenance.idleRoundTripUs),
    ],
    [
      'LoadLab',
      `${provenance.loadlab}${provenance.gitSha === undefined ? '' : ` at ${provenance.gitSha.slice(0, 12)}`}, Node ${provenance.node}`,
    ],
    ...costRows(record).map(({ name, measured }): [string, string] => [name, measured]),
    ['prices', record.cost === undefined ? undefined : costBasis(record.cost)],
    ...Object.entries(labels).map(([name, value]): [string, string] => [`label ${name}`, value]),
    ['record', record.id],
    ['sha256', record.sha256],
  ];
  return html`<section class="card" id="run">
    <h2>What this run was</h2>
    <dl class="facts">
      ${facts.map(([name, value]) =>
        value === undefined
          ? undefined
          : html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
      )}
    </dl>
  </section>`;
}

function timing({ warmUp, duration }: RunRecord['scenario'], rounds: RunRecord['rounds']): string {
  const count = rounds?.filter(({ kind }) => kind === 'target').length ?? 1;
  const pairs = rounds?.some(({ kind }) => kind === 'direct') === true;
  const window = `${asDuration(duration)} after ${asDuration(warmUp)} of warm-up`;
  if (count < 2) return `${window}${pairs ? ', and as long past the gateway' : ''}`;
  return `${count} rounds of ${window}${pairs ? ', each paired with a direct one' : ''}`;
}

function failureRow(name: FailureClass, count: number, samples: NonNullable<RunRecord['failureSamples']>): Markup {
  const words = samples.filter((sample) => sample.class === name);
  return html`<tr>
    <th scope="row"><span class="swatch bars failure-${name}"></span>${name}</th>
    <td>${metric(`counts.failed.${name}`, count, inThousands(count))}</td>
    <td class="words">
      ${words.map(({ message, count: times }) => html`<p>${message} <small>&times;&#8239;${inThousands(times)}</small></p>`)}
    </td>
  </tr>`;
}

function generatorMeters({ generator, scenario }: RunRecord): Markup {
  const { cpu, eventLoopUtilization, dispatchLagP99Us: lag, maxRssMb, processes } = generator;
  const lagLimit = 'open' in scenario.arrival ? { limit: 0.8, good: (lag ?? 0) <= MOST_DISPATCH_LAG_US } : undefined;
  return html`<dl class="meters">
    <div>
      <dt>busiest process, of a core</dt>
      <dd>${metric('generator.cpu', cpu, asPercent(cpu))}</dd>
      <dd>${meter(cpu, { limit: MOST_GENERATOR_CPU, good: cpu <= MOST_GENERATOR_CPU })}</dd>
    </div>
    ${
      lag === undefined
        ? undefined
        : html`<div>
            <dt>dispatch lag, p99</dt>
            <dd>${metric('generator.dispatchLagP99Us', lag, inMilliseconds(lag))}</dd>
            <dd>${meter((0.8 * lag) / MOST_DISPATCH_LAG_US, lagLimit)}</dd>
          </div>`
    }
    <div>
      <dt>event loop busy</dt>
      <dd>${metric('generator.eventLoopUtilization', eventLoopUtilization, asPercent(eventLoopUtilization))}</dd>
      <dd>${meter(eventLoopUtilization)}</dd>
    </div>
    <div>
      <dt>memory</dt>
      <dd>${metric('generator.maxRssMb', maxRssMb, `${inThousands(maxRssMb)} MB`)}</dd>
    </div>
    <div>
      <dt>processes</dt>
      <dd>${metric('generator.processes', processes, inThousands(processes))}</dd>
    </div>
  </dl>`;
}
