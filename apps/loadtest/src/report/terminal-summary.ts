import { createColors } from 'picocolors';
import { FAILURE_CLASSES } from '../measurement/measurement';
import type { RunRecord } from '../record/record-schema';
import { figureRows } from './figure-rows';
import { costBasis, inThousands, objectiveInWords } from './figures';
import { plainTable } from './plain-table';
import { aboutTheBound, aboutThePublishedRate, PUBLISHED, whyTheyMayDiffer } from './published-figures';
import { arrivalInWords, requestInWords } from './scenario-in-words';
import { trustChecks } from './trust-checks';
import { verdictOf } from './verdict';

type Colors = ReturnType<typeof createColors>;

/**
 * The summary of a run for a terminal: the verdict, every figure with its unit and beside the published one, the objectives,
 * and whether it can be trusted. Nothing is said by colour alone.
 */
export function terminalSummary(record: RunRecord, color: boolean): string {
  const colors = createColors(color);
  const sections = [
    heading(record, colors),
    figureTable(record, colors),
    failureLines(record),
    objectives(record, colors),
    trust(record, colors),
    besideThePublished(record, colors),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function heading(record: RunRecord, colors: Colors): string {
  const { scenario, target, direct, window } = record;
  const { state, title, sentence } = verdictOf(record);
  const reasons = record.validity.reasons.map((reason) => `  ${colors.red('\u2717')} ${reason}`);
  const paint = { passed: colors.green, missed: colors.red, invalid: colors.red, interrupted: colors.yellow }[state];
  return [
    `${paint(colors.bold(title))}  ${sentence}`,
    ...reasons,
    `${colors.bold(scenario.name)}: ${arrivalInWords(scenario)}; ${requestInWords(scenario)}`,
    `${inThousands(Math.round(window.seconds))} s measured at ${target}${direct === undefined ? '' : `, and as much past it at ${direct.target}`}`,
  ].join('\n');
}

function figureTable(record: RunRecord, colors: Colors): string {
  const rows = figureRows(record).map(({ name, measured, published }) => [name, measured, published]);
  const table = plainTable(rows, ['', colors.dim('measured'), colors.dim('published')]);
  return record.cost === undefined ? table : `${table}\n${colors.dim(`Prices: ${costBasis(record.cost)}`)}`;
}

function failureLines({ counts, failureSamples }: RunRecord): string {
  const classes = FAILURE_CLASSES.filter((name) => counts.failed[name] > 0);
  if (classes.length === 0) return '';
  const rows = classes.map((name) => {
    const words = failureSamples?.find((sample) => sample.class === name)?.message ?? '';
    return [name, inThousands(counts.failed[name]), words.length > 90 ? `${words.slice(0, 87)}...` : words];
  });
  return `Failures\n${plainTable(rows)}`;
}

function objectives({ slo }: RunRecord, colors: Colors): string {
  if (slo.length === 0) return '';
  const rows = slo.map((judged) => {
    const { name, wanted, measured } = objectiveInWords(judged);
    return [judged.met ? colors.green('\u2713 met') : colors.red('\u2717 missed'), name, measured, wanted];
  });
  return `Objectives\n${plainTable(rows)}`;
}

function trust(record: RunRecord, colors: Colors): string {
  const marks = { good: colors.green('\u2713'), bad: colors.red('\u2717'), note: colors.yellow('\u2022') };
  const rows = trustChecks(record).map(({ state, name, finding }) => [marks[state], name, colors.dim(finding)]);
  return ['Can this be trusted?', plainTable(rows)].join('\n');
}

function besideThePublished(record: RunRecord, colors: Colors): string {
  const bound = aboutTheBound(record);
  const remarks = [...whyTheyMayDiffer(record), aboutThePublishedRate(), ...(bound === undefined ? [] : [bound])];
  return [
    `Published: ${PUBLISHED.source} (4 tasks of 4 vCPU and 8 GB, 4 workers each; 100 ms upstream). Why this run may differ:`,
    ...remarks.map((remark) => `  ${colors.dim('\u2022')} ${remark}`),
  ].join('\n');
}
