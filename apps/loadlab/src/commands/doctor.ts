import { workspaceRoot } from '@loadlab/foundation';
import { defineCommand } from '../command';
import { ExitCode } from '../exit-codes';

/** `loadlab doctor`: what is missing before a run or a deployment, and what to do about it. */
export const doctor = defineCommand<object>({
  command: 'doctor',
  describe: 'What is missing before a run or a deployment, and what to do about it',
  builder: {},
  handler: async () => {
    const { diagnose, localChecks, thisMachine } = require('@loadlab/doctor') as typeof import('@loadlab/doctor');
    const { diagnosisTable } = require('../work/diagnosis-table') as typeof import('../work/diagnosis-table');
    const diagnoses = await diagnose(localChecks(thisMachine(workspaceRoot())));
    process.stdout.write(diagnosisTable(diagnoses));
    process.exitCode = diagnoses.some(({ finding }) => finding.state === 'missing')
      ? ExitCode.BAD_INPUT
      : ExitCode.DONE;
  },
});
