import { formatProblems, loadEnvironment } from '@loadlab/foundation';
import type { HourlyCost } from '@loadlab/loadtest';
import { defineCommand } from '../command';
import { onInterruption } from '../interruption';
import { labelsOf, loadFlags, type LoadFlags } from '../load-flags';

interface Flags extends LoadFlags {
  scenario: string;
  target?: string;
  environment?: string;
  direct?: string;
  'api-key-env'?: string;
  'direct-api-key-env'?: string;
}

/** `loadlab run`: loads any OpenAI-compatible endpoint. */
export const run = defineCommand<Flags>({
  command: 'run <scenario>',
  describe: 'Load an OpenAI-compatible endpoint with a scenario (a file, or the name of a shipped one)',
  builder: {
    target: {
      type: 'string',
      requiresArg: true,
      describe: 'Origin or base of the endpoint, such as http://localhost:4000',
    },
    environment: {
      type: 'string',
      requiresArg: true,
      describe: 'Or the environment whose deployed gateway is meant; its URL and key are looked up',
    },
    direct: {
      type: 'string',
      requiresArg: true,
      describe: 'The upstream itself, for rounds past the gateway in turn with the others',
    },
    'api-key-env': {
      type: 'string',
      requiresArg: true,
      describe: 'Environment variable that holds the key of the target',
    },
    'direct-api-key-env': {
      type: 'string',
      requiresArg: true,
      describe: 'The same for --direct; the target’s key never goes there',
    },
    ...loadFlags,
  },
  examples: [
    ['$0 run smoke --target http://localhost:4000 --api-key-env LITELLM_MASTER_KEY', 'ten seconds against a gateway'],
    [
      '$0 run guide --target http://gateway --direct http://upstream --rounds 5',
      'overhead against the upstream itself',
    ],
    ['$0 run guide --environment benchmark', 'the gateway that was deployed, from inside its VPC'],
    ['$0 run my.yaml --target http://localhost:8080 --set arrival.open.rate=200/s', 'one value changed'],
  ],
  handler: async (flags) => {
    const { conductRun, loadScenario } = require('../work/conduct-run') as typeof import('../work/conduct-run');
    const { scenario, file, prompts, warnings } = loadScenario(flags.scenario, {
      set: flags.set,
      variables: process.env,
    });
    if (warnings.length > 0) process.stderr.write(`${formatProblems(warnings)}\n`);
    const { chooseTarget } = require('../work/choose-target') as typeof import('../work/choose-target');
    const { url, apiKeyEnv, variables } = await chooseTarget(flags, process.env, (name) => {
      const { findTarget } = require('../work/find-target') as typeof import('../work/find-target');
      return findTarget(loadEnvironment(name));
    });
    const cost = await costOf(flags, process.env);
    const interruption = onInterruption();
    const { exitCode } = await conductRun(
      {
        scenario,
        scenarioFile: file,
        target: url,
        processes: flags.processes,
        labels: labelsOf(flags.label),
        signal: interruption.signal,
        ...(prompts === undefined ? {} : { prompts }),
        ...(flags.rounds === undefined ? {} : { rounds: flags.rounds }),
        ...(flags.out === undefined ? {} : { out: flags.out }),
        ...(flags.direct === undefined ? {} : { direct: flags.direct }),
        ...(cost === undefined ? {} : { cost }),
        ...(apiKeyEnv === undefined ? {} : { apiKeyEnv }),
        ...(flags['direct-api-key-env'] === undefined ? {} : { directApiKeyEnv: flags['direct-api-key-env'] }),
      },
      { json: flags.json, variables },
    );
    interruption.release();
    process.exitCode = exitCode;
  },
});

/** What the deployed environment costs an hour. Of any other target nothing is known, and a run does not fail for want of a price. */
async function costOf({ target, environment }: Flags, variables: NodeJS.ProcessEnv): Promise<HourlyCost | undefined> {
  const name = [environment, variables.LOADLAB_ENVIRONMENT].find((word) => word !== undefined && word !== '');
  if (target !== undefined || name === undefined) return undefined;
  const { deployedCost } = require('../work/deployed-cost') as typeof import('../work/deployed-cost');
  try {
    return await deployedCost(loadEnvironment(name));
  } catch (error) {
    process.stderr.write(
      `What the run costs is not known: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return undefined;
  }
}
