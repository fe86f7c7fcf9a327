import { EXIT, formatProblems, isError } from '@loadlab/foundation';
import { defineCommand } from '../command';

/** `loadlab validate`: says what is wrong with scenarios, environments, config.yaml, records and reviews.yaml. */
export const validate = defineCommand<{ files: string[] }>({
  command: 'validate <files..>',
  describe: 'Check scenarios, environments, config.yaml, records and reviews.yaml (told apart by content)',
  builder: {},
  examples: [
    ['$0 validate environments/laptop/environment.yaml', 'an environment, with its config.yaml'],
    ['$0 validate my-scenario.yaml results/*/result.json', 'a scenario and records'],
  ],
  handler: ({ files }) => {
    const { validateFile } = require('../work/validate-file') as typeof import('../work/validate-file');
    const validations = files.map((file) => ({ file, ...validateFile(file) }));
    for (const { file, kind, problems } of validations) {
      if (!problems.some(isError))
        process.stdout.write(`${file}: a sound ${kind}${problems.length > 0 ? ', with warnings' : ''}\n`);
    }
    const problems = validations.flatMap((validation) => validation.problems);
    if (problems.length > 0) process.stderr.write(`${formatProblems(problems)}\n`);
    process.exitCode = problems.some(isError) ? EXIT.badInput : EXIT.done;
  },
});
