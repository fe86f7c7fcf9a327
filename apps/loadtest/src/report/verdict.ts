import type { RunRecord } from '../record/record-schema';
import { exitCodeOf } from '../slo/exit-code';
import { counted, inThousands } from './figures';

/** The one thing to know about a run. */
export interface Verdict {
  readonly state: 'passed' | 'missed' | 'invalid' | 'interrupted';
  /** One or two words. */
  readonly title: string;
  /** One sentence. */
  readonly sentence: string;
}

/** The verdict of a run, in the order in which exit codes go before one another. */
export function verdictOf(record: RunRecord): Verdict {
  const { slo, counts, validity } = record;
  const missed = slo.filter(({ met }) => !met).length;
  const requests = `${counted(counts.started, 'request')} in the window`;
  switch (exitCodeOf(record)) {
    case 130:
      return {
        state: 'interrupted',
        title: 'Interrupted',
        sentence: `The run was stopped before its end; these are the figures of what was measured until then: ${requests}.`,
      };
    case 2:
      return {
        state: 'invalid',
        title: 'Not to be trusted',
        sentence: `${counted(validity.reasons.length, 'reason')} against trusting these figures:`,
      };
    case 1:
      return {
        state: 'missed',
        title: missed === 1 ? 'An objective was missed' : 'Objectives were missed',
        sentence: `${inThousands(missed)} of ${counted(slo.length, 'objective')} missed over ${requests}.`,
      };
    default:
      return {
        state: 'passed',
        title: slo.length === 0 ? 'Measured' : slo.length === 1 ? 'The objective is met' : 'All objectives met',
        sentence:
          slo.length === 0
            ? `${requests}; the scenario names no objectives.`
            : `${slo.length === 1 ? 'The one objective' : `All ${slo.length} objectives`} met over ${requests}.`,
      };
  }
}
