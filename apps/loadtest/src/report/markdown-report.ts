import { FAILURE_CLASSES } from '../measurement/measurement';
import type { RunRecord } from '../record/record-schema';
import { figureRows } from './figure-rows';
import { costBasis, inThousands, objectiveInWords } from './figures';
import { aboutTheBound, aboutThePublishedRate, PUBLISHED, whyTheyMayDiffer } from './published-figures';
import { arrivalInWords, requestInWords } from './scenario-in-words';
import { trustChecks } from './trust-checks';
import { verdictOf } from './verdict';

/** GitHub refuses comments beyond 65,536 characters. */
const MOST_CHARACTERS = 60_000;
const LONGEST_WORDS = 300;
const MOST_REASONS = 50;

/** A run for a pull request: the verdict and the figures in sight, everything else folded away. */
export function markdownReport(record: RunRecord): string {
  const { scenario, validity } = record;
  const { state, title, sentence } = verdictOf(record);
  const mark = { passed: '\u2705', missed: '\u274c', invalid: '\u26a0\ufe0f', interrupted: '\u23f9\ufe0f' }[state];
  const summary = [
    `## ${mark} ${escaped(scenario.name)}: ${title}`,
    sentence,
    bullets(validity.reasons.slice(0, MOST_REASONS)),
    table(['', 'measured', 'published'], figureCells(record)),
    objectiveTable(record),
  ];
  const details = [
    fold('Can this be trusted?', table(['', 'checked', 'found'], trustRows(record))),
    failureFold(record),
    fold('Beside the published figures', bullets(remarks(record))),
    fold('What this run was', table(['', ''], runRows(record))),
  ];
  return assembled(summary, details);
}

/** The summary is never cut; a fold that does not fit any more is left out, and said to be. */
function assembled(summary: readonly string[], details: readonly string[]): string {
  let text = summary.filter((part) => part !== '').join('\n\n');
  for (const detail of details.filter((part) => part !== '')) {
    const fits = text.length + detail.length < MOST_CHARACTERS;
    text += fits ? `\n\n${detail}` : '\n\n_One more section is in report.html: it did not fit here._';
  }
  return `${text}\n`;
}

function figureCells(record: RunRecord): string[][] {
  return figureRows(record).map(({ name, measured, published }) => [name, `**${measured}**`, published]);
}

function objectiveTable({ slo }: RunRecord): string {
  if (slo.length === 0) return '';
  const rows = slo.map((judged) => {
    const { name, wanted, measured } = objectiveInWords(judged);
    return [judged.met ? '\u2705' : '\u274c', name, measured, wanted];
  });
  return table(['', 'objective', 'measured', 'wanted'], rows);
}

function trustRows(record: RunRecord): string[][] {
  const marks = { good: '\u2705', bad: '\u274c', note: '\u2139\ufe0f' };
  return trustChecks(record).map(({ state, name, finding }) => [marks[state], name, finding]);
}

function failureFold({ counts, failureSamples }: RunRecord): string {
  const rows = FAILURE_CLASSES.filter((name) => counts.failed[name] > 0).map((name) => {
    const words = (failureSamples ?? []).filter((sample) => sample.class === name).map(({ message }) => message);
    return [name, inThousands(counts.failed[name]), words.join(' \u2014 ').slice(0, LONGEST_WORDS)];
  });
  return rows.length === 0 ? '' : fold("Failures, in the target's own words", table(['class', 'count', 'words'], rows));
}

function remarks(record: RunRecord): string[] {
  const bound = aboutTheBound(record);
  return [
    `Published: ${PUBLISHED.source}`,
    ...whyTheyMayDiffer(record),
    aboutThePublishedRate(),
    ...(bound === undefined ? [] : [bound]),
  ];
}

function runRows({ scenario, target, direct, window, provenance, cost, id, sha256 }: RunRecord): string[][] {
  const { machine, labels } = provenance;
  return [
    ['load', arrivalInWords(scenario)],
    ['requests', `${requestInWords(scenario)}; model ${scenario.request.model}`],
    ['target', target],
    ...(direct === undefined ? [] : [['direct', direct.target]]),
    ['started', window.startedAt],
    ['machine', `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.os}`],
    ['versions', `loadlab ${provenance.loadlab}, node ${provenance.node}, LiteLLM ${provenance.litellmVersion ?? '?'}`],
    ...(cost === undefined ? [] : [['prices', costBasis(cost)]]),
    ...Object.entries(labels).map(([name, value]) => [`label ${name}`, value]),
    ['record', `${id}, sha256 ${sha256.slice(0, 12)}`],
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

function bullets(texts: readonly string[]): string {
  return texts.map((text) => `- ${escaped(text)}`).join('\n');
}

function fold(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
}

/** Nothing that a target or a scenario says may become markup, a mention or another cell. */
function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\|/g, '\\|')
    .replace(/[`[\]_]/g, '\\$&')
    .replace(/@/g, '@\u200b')
    .replace(/\s+/g, ' ');
}
