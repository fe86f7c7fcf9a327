import junit from 'junit-report-builder';
import type { RunRecord } from '../record/record-schema';
import { objectiveInWords } from './figures';
import { verdictOf } from './verdict';

/** A run as JUnit XML for a CI server: one test case for its validity, and one for each objective. */
export function junitReport(record: RunRecord): string {
  const { scenario, validity, window, slo, target } = record;
  const builder = junit.newBuilder();
  const suite = builder
    .testSuite()
    .name(`loadlab ${scenario.name}`)
    .timestamp(window.startedAt)
    .time(window.seconds)
    .property('target', target)
    .property('record', record.id)
    .property('verdict', verdictOf(record).title);
  const trusted = suite.testCase().className(scenario.name).name('the run can be trusted').time(0);
  if (window.partial) trusted.error('interrupted', 'interrupted', 'The run was stopped before its end.');
  else if (!validity.valid) trusted.error(validity.reasons[0] ?? 'invalid', 'invalid', validity.reasons.join('\n'));
  for (const judged of slo) {
    const { name, wanted, measured } = objectiveInWords(judged);
    const objective = suite.testCase().className(scenario.name).name(`${name} ${wanted}`).time(0);
    if (judged.met) objective.standardOutput(measured);
    else objective.failure(`${measured}, wanted ${wanted}`, 'objective');
  }
  return builder.build();
}
