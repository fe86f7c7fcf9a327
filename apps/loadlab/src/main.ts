import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { commands } from './commands';
import { exitCodeOf } from './exit-codes';
import { explainFailure } from './explain-failure';
import { explainUsage, UsageError } from './usage-error';

const cli = yargs(hideBin(process.argv))
  .scriptName('loadlab')
  .usage(
    '$0 COMMAND\n\nHow fast is a LiteLLM gateway, what is its overhead, what does it cost, and can the answer be trusted?',
  )
  .epilogue(
    'Exit codes: 0 done · 1 an objective missed · 2 the run is invalid · 3 bad input, nothing started · 70 a defect of ours · 130 interrupted',
  )
  .demandCommand(1, 'which command?')
  .strict()
  .parserConfiguration({ 'populate--': true })
  .completion('completion', 'print a completion script for bash or zsh: loadlab completion >> ~/.bashrc')
  .help('help')
  .alias('help', 'h')
  .version()
  .wrap(Math.min(120, process.stdout.columns || 100))
  .fail((message: string | null, error: Error | undefined) => {
    throw error ?? new UsageError(message ?? 'usage');
  });

for (const { examples, builder, ...command } of commands) {
  cli.command({
    ...command,
    builder: (own) => own.options(builder).example(examples.map(([line, what]) => [line, what])),
  });
}

/** yargs throws usage errors at once, not as a rejection. */
async function main(): Promise<void> {
  await cli.parseAsync();
}

main().catch((error: unknown) => {
  process.stderr.write(
    error instanceof UsageError ? explainUsage(error, hideBin(process.argv), commands) : explainFailure(error),
  );
  process.exitCode = exitCodeOf(error);
});
