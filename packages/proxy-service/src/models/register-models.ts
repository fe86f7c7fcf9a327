import { InputError } from '@loadlab/foundation';
import type { LiteLlmDeployment } from '../litellm-config/litellm-config-schema';
import type { GatewayAdmin, KnownDeployment } from './gateway-admin';
import { identified, type IdentifiedDeployment } from './identified-deployment';

/** What became of one deployment. */
export interface Registration {
  readonly id: string;
  readonly modelName: string;
  /** `inConfig`: config.yaml of the gateway has it already, and stays in charge. */
  readonly outcome: 'added' | 'replaced' | 'unchanged' | 'inConfig';
}

/** Settings of a registration. */
export interface RegisterModelsOptions {
  readonly gateway: GatewayAdmin;
  readonly deployments: readonly LiteLlmDeployment[];
  /** Processes of the gateway over all tasks, each of which has to learn of it. */
  readonly processes: number;
  readonly clock: Clock;
  /** Seconds to wait until all processes know. @default - 120 */
  readonly patienceSeconds?: number;
  readonly signal?: AbortSignal;
}

/** Time, for waiting. */
export interface Clock {
  /** Milliseconds, from anywhere. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

const DEFAULT_PATIENCE_SECONDS = 120;
/** Processes look into the database every 30 s (proxy_config_reload_interval_seconds), not all at the same time. */
const ALL_HAVE_LOOKED_MS = 35_000;
const BETWEEN_QUESTIONS_MS = 500;
/** Answers in a row for each process, to notice those that look less often. */
const ANSWERS_PER_PROCESS = 4;

/**
 * Registers deployments with a running gateway, and waits until all of its processes serve them. Twice is once: each has
 * a fixed id, and a hash that says whether it changed. Others stay as they are.
 * @throws {InputError} when the gateway refuses, or when not every process knows them in time
 */
export async function registerModels(options: RegisterModelsOptions): Promise<Registration[]> {
  const { gateway, deployments } = options;
  const known = new Map((await gateway.deployments()).map((deployment) => [deployment.id, deployment]));
  const registrations: Registration[] = [];
  const wanted = identified(deployments);
  for (const deployment of wanted) {
    options.signal?.throwIfAborted();
    const outcome = await register(gateway, deployment, known.get(deployment.id));
    registrations.push({ id: deployment.id, modelName: deployment.body.model_name, outcome });
  }
  const written = registrations.some(({ outcome }) => outcome === 'added' || outcome === 'replaced');
  await untilAllKnow(
    wanted.filter((_deployment, index) => registrations[index]?.outcome !== 'inConfig'),
    written ? ALL_HAVE_LOOKED_MS : 0,
    options,
  );
  return registrations;
}

async function register(
  gateway: GatewayAdmin,
  { id, sha256, body }: IdentifiedDeployment,
  known: KnownDeployment | undefined,
): Promise<Registration['outcome']> {
  if (known === undefined) {
    await gateway.add(body);
    return 'added';
  }
  if (!known.inDatabase) return 'inConfig';
  if (known.sha256 === sha256) return 'unchanged';
  // LiteLLM's update only adds parameters: one that is gone from the file would stay.
  await gateway.remove(id);
  await gateway.add(body);
  return 'replaced';
}

/**
 * Each answer comes from one process that nobody can choose. So many in a row have to agree, and for as long as a
 * process may go without looking.
 */
async function untilAllKnow(
  deployments: readonly IdentifiedDeployment[],
  settleMs: number,
  { gateway, processes, clock, patienceSeconds = DEFAULT_PATIENCE_SECONDS, signal }: RegisterModelsOptions,
): Promise<void> {
  if (deployments.length === 0) return;
  const start = clock.now();
  const enough = Math.max(1, processes) * ANSWERS_PER_PROCESS;
  let inARow = 0;
  for (;;) {
    signal?.throwIfAborted();
    const missing = missingFrom(await gateway.deployments(), deployments);
    inARow = missing.length === 0 ? inARow + 1 : 0;
    const elapsed = clock.now() - start;
    if (inARow >= enough && elapsed >= settleMs) return;
    if (elapsed >= patienceSeconds * 1000) throw notEverywhere(missing, patienceSeconds);
    // While answers agree there is no reason to wait for the next, except for time to pass.
    if (missing.length > 0 || inARow >= enough) await clock.sleep(BETWEEN_QUESTIONS_MS);
  }
}

function missingFrom(known: readonly KnownDeployment[], wanted: readonly IdentifiedDeployment[]): string[] {
  return wanted
    .filter(({ id, sha256 }) => !known.some((deployment) => deployment.id === id && deployment.sha256 === sha256))
    .map(({ id }) => id);
}

function notEverywhere(missing: readonly string[], seconds: number): InputError {
  const which = missing.length === 0 ? 'the models' : missing.join(', ');
  return new InputError([
    {
      file: 'gateway',
      path: '',
      message: `not every process serves ${which} after ${seconds} s`,
      hint: 'look into its log; applying again goes on from here',
    },
  ]);
}
