import {
  EXIT,
  chooseEnvironment,
  foremostExitCode,
  formatProblems,
  loadEnvironment,
  workspaceRoot,
  type Environment,
  type ExitCode,
} from '@loadlab/foundation';
import { loadScenario, scaleToMachine, type LoadedScenario } from '@loadlab/loadtest';
import { requireSoundConfig } from '@loadlab/proxy-service';
import { LocalFargate, thisMachine, warmUpService } from '@loadlab/rehearsal/local-fargate';
import { onInterruption } from '../../interruption';
import { labelsOf, type LoadFlags } from '../../load-flags';
import { conductRun } from '../conduct-run';
import { labLog } from '../lab-log';
import { requireTerraform } from '../rehearsal/require-terraform';
import { requireLocalEnvironment } from './check-local-environment';
import { withDeployedLab } from './deployed-lab';
import type { RunningLab } from './running-lab';
import { startLab } from './started-lab';
import { Voice } from './voice';

/** Written for one worker, so that it can be multiplied by those that the machine carries. */
const SCALED = 'laptop';
/** Four pairs of rounds: enough for an interval, and two minutes in all. */
const PAIRS = 4;
const KEY_VARIABLE = 'LITELLM_MASTER_KEY';

/** What is to be run on this machine. */
export type LocalRun = LoadFlags & {
  readonly scenario: string;
  readonly environment?: string;
  /** Starts the containers without deploying anything. */
  readonly 'without-terraform': boolean;
};

/**
 * Checks everything, deploys mock and gateway onto an offline AWS, warms up every worker, runs the scenario direct and through the
 * gateway in turn, destroys what was deployed, and stops everything again.
 * @returns the exit code
 * @throws {InputError} before anything is started, or when a container does not come up
 */
export async function runLocally(flags: LocalRun): Promise<number> {
  const environment = loadEnvironment(chooseEnvironment({ flag: flags.environment, purpose: 'local' }));
  requireLocalEnvironment(environment, process.env);
  if (!flags['without-terraform'])
    requireTerraform('or, without deploying anything: loadlab local --without-terraform');
  const loaded = loadScenario(flags.scenario, { set: flags.set, variables: process.env });
  const labels = labelsOf(flags.label);
  const doubts = [...environment.warnings, ...requireSoundConfig(environment), ...loaded.warnings];
  if (doubts.length > 0) say(formatProblems(doubts));

  const voice = new Voice(process.stderr);
  const interruption = onInterruption();
  const { signal } = interruption;
  const fargate = await LocalFargate.open({
    root: workspaceRoot(),
    signal,
    onEvent: labLog(() => fargate.folder, voice.say),
  });
  try {
    const work = (lab: RunningLab): Promise<ExitCode> =>
      measure(lab, environment, loaded, { ...flags, labels, signal });
    if (flags['without-terraform']) return await work(await startLab(fargate, environment));
    const { result, destroyed } = await withDeployedLab({ fargate, environment, signal, voice }, work);
    return foremostExitCode([
      result,
      signal.aborted ? EXIT.interrupted : destroyed === false ? EXIT.objectiveMissed : EXIT.done,
    ]);
  } catch (error) {
    if (!signal.aborted) throw error;
    return EXIT.interrupted;
  } finally {
    await fargate.close();
    interruption.release();
  }
}

async function measure(
  { gateway, mock, masterKey }: RunningLab,
  environment: Environment,
  { scenario: base, file, prompts }: LoadedScenario,
  flags: LocalRun & { readonly labels: Record<string, string>; readonly signal: AbortSignal },
): Promise<ExitCode> {
  const { cores } = thisMachine();
  const workers = gateway.endpoints.reduce((sum, endpoint) => sum + endpoint.workers, 0);
  const isScaled = base.name === SCALED;
  const { scenario, sentence } = isScaled
    ? scaleToMachine(base, { cores, workers })
    : { scenario: base, sentence: undefined };
  if (sentence !== undefined) say(sentence);
  const warmed = await warmUpService(gateway, {
    request: {
      path: '/v1/chat/completions',
      body: { model: scenario.request.model, messages: [{ role: 'user', content: 'warm up' }] },
    },
    headers: { authorization: `Bearer ${masterKey}` },
    signal: flags.signal,
  });
  for (const outcome of warmed) say(describeWarmUp(outcome));
  const { exitCode } = await conductRun(
    {
      scenario,
      scenarioFile: file,
      target: gateway.url,
      direct: mock.url,
      apiKeyEnv: KEY_VARIABLE,
      rounds: flags.rounds ?? (isScaled ? PAIRS : 1),
      processes: flags.processes,
      labels: flags.labels,
      configSha256: environment.litellmConfig.sha256,
      gateway: { tasks: gateway.endpoints.length, workersPerTask: gateway.endpoints[0]?.workers ?? 1 },
      disturbances: () =>
        [gateway, mock].flatMap(({ name, lost }) =>
          lost.map(({ task, reason }) => `${name}: task ${task} was lost during the run: ${reason}`),
        ),
      signal: flags.signal,
      ...(prompts === undefined ? {} : { prompts }),
      ...(flags.out === undefined ? {} : { out: flags.out }),
    },
    { json: flags.json, variables: { ...process.env, [KEY_VARIABLE]: masterKey } },
  );
  return exitCode;
}

function describeWarmUp(outcome: Awaited<ReturnType<typeof warmUpService>>[number]): string {
  const { workers, complete, identified, seconds } = outcome;
  const who = identified
    ? `${workers.length} ${workers.length === 1 ? 'worker' : 'workers'}`
    : 'workers that do not tell themselves apart';
  const doubt = complete ? '' : ' (not all of them settled: the warm-up of each round has to do the rest)';
  return `litellm: warmed up ${who} in ${seconds.toFixed(1)} s${doubt}`;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
