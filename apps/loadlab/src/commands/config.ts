import { chooseEnvironment, loadEnvironment } from '@loadlab/foundation';
import { defineCommand } from '../command';

interface Flags {
  action: 'pull';
  from: string;
  environment?: string;
  yes: boolean;
}

/** `loadlab config pull`: a config.yaml that lives elsewhere, into an environment's folder. */
export const config = defineCommand<Flags>({
  command: 'config <action>',
  describe: 'pull: bring a config.yaml from Parameter Store or S3 into an environment’s folder, checked',
  builder: {
    action: { choices: ['pull'], describe: 'What to do with config.yaml' },
    from: { type: 'string', demandOption: true, requiresArg: true, describe: 'ssm:NAME, or s3://BUCKET/KEY' },
    environment: { type: 'string', requiresArg: true, describe: 'Environment whose config.yaml is replaced' },
    yes: { type: 'boolean', default: false, describe: 'Write it without asking' },
  },
  examples: [
    ['$0 config pull --from ssm:/litellm/config --environment benchmark', 'show the difference, then ask'],
    ['$0 config pull --from s3://configs/litellm.yaml --environment benchmark --yes', 'for programs'],
  ],
  handler: async ({ from, environment: flag, yes }) => {
    const environment = loadEnvironment(chooseEnvironment({ flag, purpose: 'change' }), { configMayBeMissing: true });
    const { awsAccess } = require('@loadlab/doctor/aws') as typeof import('@loadlab/doctor/aws');
    const { awsConfigStore } =
      require('@loadlab/proxy-service/pull-config') as typeof import('@loadlab/proxy-service/pull-config');
    const { pullIntoEnvironment } =
      require('../work/pull-into-environment') as typeof import('../work/pull-into-environment');
    const { confirm } = require('../work/confirm') as typeof import('../work/confirm');
    const canAsk = process.stdin.isTTY && process.stdout.isTTY;
    await pullIntoEnvironment(from, environment, awsConfigStore(awsAccess(environment)), {
      show: (text) => void process.stdout.write(text),
      warn: (text) => void process.stderr.write(text),
      approval: yes ? 'always' : canAsk ? confirm : 'never',
    });
  },
});
