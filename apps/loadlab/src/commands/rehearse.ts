import { chooseEnvironment, didYouMean, InputError, loadEnvironment } from '@loadlab/foundation';
import { defineCommand } from '../command';

interface Flags {
  verb?: string;
  stacks: string[];
  environment?: string;
  account?: string;
  fault: string[];
  pace: number;
  containers: boolean;
  /** What follows `--`. */
  '--'?: string[];
}

const VERBS = ['deploy', 'plan', 'destroy', 'status', 'account'];

/** `loadlab rehearse`: the stacks on an offline AWS, with the real Terraform. */
export const rehearse = defineCommand<Flags>({
  command: 'rehearse [verb] [stacks..]',
  describe: 'The stacks on an offline AWS, with the real Terraform and real state: no account, no credentials, no cost',
  builder: {
    environment: { type: 'string', requiresArg: true, describe: 'Environment to rehearse (default: benchmark)' },
    account: {
      type: 'string',
      requiresArg: true,
      describe: 'File of the pretend account (default: one for each environment)',
    },
    fault: {
      type: 'string',
      array: true,
      nargs: 1,
      default: [],
      requiresArg: true,
      describe: 'Let something fail: aws_subnet:create:fail@2',
    },
    pace: {
      type: 'number',
      default: 0,
      requiresArg: true,
      describe: 'How slow AWS is: 1 as in reality, 0 answers at once',
    },
    containers: {
      type: 'boolean',
      default: false,
      describe: 'Run the containers of what is deployed, until Ctrl-C (with -- COMMAND: until it ends)',
    },
  },
  examples: [
    ['$0 rehearse deploy', 'all stacks of the benchmark environment'],
    ['$0 rehearse plan network', 'what would change; exit code 2 when something would'],
    [
      '$0 rehearse deploy --fault aws_nat_gateway:create:fail',
      'an apply that dies halfway; repeat it without the fault',
    ],
    ['$0 rehearse deploy --pace 0.1', 'ten times as fast as AWS, with its delays: a load balancer takes 15 s'],
    [
      '$0 rehearse deploy --containers --environment laptop',
      'and run them: the gateway answers on this machine; Enter deploys again, Ctrl-C ends',
    ],
    ['$0 rehearse account', 'what exists in the account'],
    ['$0 rehearse -- terraform -chdir=cdktf.out/stacks/network-benchmark state list', 'any command against it'],
  ],
  handler: async (flags) => {
    const environment = loadEnvironment(chooseEnvironment({ flag: flags.environment, purpose: 'synth' }));
    const options = {
      faults: flags.fault,
      pace: flags.pace,
      ...(flags.account === undefined ? {} : { account: flags.account }),
    };
    const command = flags['--'] ?? [];
    const {
      rehearse: run,
      rehearseCommand,
      REHEARSED,
    } = require('../work/rehearsal/verbs') as typeof import('../work/rehearsal/verbs');
    const verb = REHEARSED.find((candidate) => candidate === flags.verb);
    if (flags.containers) {
      const { rehearseWithContainers } =
        require('../work/rehearsal/with-containers') as typeof import('../work/rehearsal/with-containers');
      if (command.length === 0 && verb !== 'deploy') throw containersOf(flags.verb);
      process.exitCode = await rehearseWithContainers(environment, { names: flags.stacks, command }, options);
      return;
    }
    if (command.length > 0) {
      process.exitCode = await rehearseCommand(environment, command, options);
      return;
    }
    if (verb !== undefined) {
      process.exitCode = await run(verb, environment, flags.stacks, options);
      return;
    }
    const likely = flags.verb === undefined ? undefined : didYouMean(flags.verb, VERBS);
    const { accountStatus, accountTable } =
      require('../work/rehearsal/account-table') as typeof import('../work/rehearsal/account-table');
    const { rehearsalFolder } = require('../work/rehearsal/rehearsal') as typeof import('../work/rehearsal/rehearsal');
    const file = flags.account ?? `${rehearsalFolder(environment.name)}/account.json`;
    if (flags.verb === 'account')
      process.stdout.write(accountTable(file, process.stdout.isTTY ? process.stdout.columns : Infinity));
    else if (flags.verb === 'status') process.stdout.write(accountStatus(file));
    else
      throw new InputError([
        {
          file: 'loadlab rehearse',
          path: flags.verb ?? '',
          message: flags.verb === undefined ? 'what is to be rehearsed?' : 'is nothing that can be rehearsed',
          hint: `${likely === undefined ? '' : `did you mean "${likely}"? `}${VERBS.join(', ')}, or -- COMMAND`,
        },
      ]);
  },
});

function containersOf(verb: string | undefined): InputError {
  return new InputError([
    {
      file: '--containers',
      path: '',
      message: `has nothing to run with ${verb ?? 'no verb'}`,
      hint: 'rehearse deploy --containers, or rehearse --containers -- COMMAND',
    },
  ]);
}
