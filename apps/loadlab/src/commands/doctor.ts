import type { Check } from '@loadlab/doctor';
import { EXIT, loadEnvironment, workspaceRoot, type Environment } from '@loadlab/foundation';
import { defineCommand } from '../command';

/** `loadlab doctor`: what is missing before a run or a deployment, and what to do about it. */
export const doctor = defineCommand<{ environment?: string }>({
  command: 'doctor',
  describe: 'What is missing before a run or a deployment, and what to do about it',
  builder: {
    environment: {
      type: 'string',
      requiresArg: true,
      describe: 'Look at the account that it would be deployed to, too',
    },
  },
  examples: [
    ['$0 doctor', 'this machine, for npm run benchmark'],
    ['$0 doctor --environment benchmark', 'and credentials, account, quotas, state and images, before a deployment'],
  ],
  handler: async ({ environment: name }) => {
    const environment = name === undefined ? undefined : loadEnvironment(name);
    const { diagnose, localChecks, thisMachine } = require('@loadlab/doctor') as typeof import('@loadlab/doctor');
    const { diagnosisTable } = require('../work/diagnosis-table') as typeof import('../work/diagnosis-table');
    const here = localChecks(thisMachine(workspaceRoot()), { deploys: environment !== undefined });
    const diagnoses = await diagnose(environment === undefined ? here : [...here, ...checksOf(environment)]);
    process.stdout.write(diagnosisTable(diagnoses));
    process.exitCode = diagnoses.some(({ finding }) => finding.state === 'missing') ? EXIT.badInput : EXIT.done;
  },
});

/** AWS's SDK takes long to load, and a benchmark on this machine needs none of it. */
function checksOf(environment: Environment): Check[] {
  const { awsChecks, thisAccount } = require('@loadlab/doctor/aws') as typeof import('@loadlab/doctor/aws');
  return awsChecks(environment, thisAccount(environment));
}
