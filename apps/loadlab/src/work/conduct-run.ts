import path from 'node:path';
import { formatProblems } from '@loadlab/foundation';
import {
  generateLoad,
  processSurroundings,
  progressReporter,
  runLoadTest,
  terminalSummary,
  type RunOptions,
  type RunOutcome,
} from '@loadlab/loadtest';

export { loadScenario } from '@loadlab/loadtest';

/** Runs a load test with its progress on standard error and its result on standard output. */
export async function conductRun(
  options: Omit<RunOptions, 'onEvent'>,
  output: { readonly json: boolean; readonly variables: NodeJS.ProcessEnv },
): Promise<RunOutcome> {
  const progress = progressReporter(process.stderr);
  const surroundings = { ...processSurroundings(generateLoad), variables: output.variables };
  try {
    const outcome = await runLoadTest(
      {
        ...options,
        onEvent: (event) =>
          event.type === 'warning' ? progress.say(formatProblems([event.problem])) : progress.show(event),
      },
      surroundings,
    );
    progress.end();
    printResult(outcome, output.json);
    return outcome;
  } finally {
    progress.end();
  }
}

function printResult({ record, folder, files }: RunOutcome, json: boolean): void {
  if (record === undefined) {
    process.stderr.write('Interrupted before anything was measured.\n');
    return;
  }
  if (json) {
    process.stdout.write(`${JSON.stringify(record, null, 1)}\n`);
    return;
  }
  process.stdout.write(terminalSummary(record, process.stdout.isTTY));
  const shown = path.relative(process.cwd(), folder);
  process.stdout.write(
    `\nReport: ${path.join(shown.startsWith('..') ? folder : shown, 'report.html')}   (${files.join(', ')})\n`,
  );
}
