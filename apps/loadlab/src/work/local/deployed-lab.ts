import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Environment } from '@loadlab/foundation';
import { mockOpenAiContract } from '@loadlab/mock-openai-infra/contract';
import { proxyServiceContract } from '@loadlab/proxy-service/contract';
import { plantSecrets, readSecret } from '@loadlab/rehearsal';
import type { LocalFargate } from '@loadlab/rehearsal/local-fargate';
import { withRehearsal, type Rehearsal } from '../rehearsal/rehearsal';
import { LabCdktf } from './lab-cdktf';
import type { RunningLab } from './running-lab';
import { userSecrets } from './user-secrets';
import type { Voice } from './voice';

/** What a lab is deployed with. */
export interface DeployedLabOptions {
  readonly fargate: LocalFargate;
  readonly environment: Environment;
  /** Ends Terraform in good order; then nothing is destroyed, since nothing of the run outlives it. */
  readonly signal: AbortSignal;
  readonly voice: Voice;
}

/** What the work came to, and whether everything could be destroyed after it; undefined when nobody asked any more. */
export interface DeployedLabOutcome<T> {
  readonly result: T;
  readonly destroyed: boolean | undefined;
}

/**
 * Deploys the stacks of an environment onto an offline AWS of the run's own, as `cdktf deploy '*'` does on the real one, starts the
 * containers of what is deployed, does the work, and destroys everything.
 * @throws {InputError} with Terraform's reason when it cannot be deployed
 */
export async function withDeployedLab<T>(
  options: DeployedLabOptions,
  work: (lab: RunningLab) => Promise<T>,
): Promise<DeployedLabOutcome<T>> {
  const { fargate, environment, signal } = options;
  // In the folder of the run: two runs at once share neither an account nor a state, and none finds what an earlier one left.
  const folder = path.join(fargate.folder, 'aws');
  const started = new AbortController();
  void sayUntil(started.signal, options.voice);
  return withRehearsal(environment, { folder, fargate, rolling: false }, async (rehearsal) => {
    started.abort();
    const { account, secrets } = rehearsal;
    const cdktf = new LabCdktf(rehearsal, folder, options);
    // The folder of a run stays for its logs; what opens something has no business there.
    const forgetSecrets = (): void => rmSync(secrets.file, { force: true });
    process.on('exit', forgetSecrets);
    try {
      await cdktf.synthesize();
      const planted = await plantSecrets(account, secrets, userSecrets(environment, process.env));
      await cdktf.deploy();
      const result = await work(runningLab(rehearsal, cdktf));
      if (signal.aborted) return { result, destroyed: undefined };
      return { result, destroyed: await cdktf.destroy(planted) };
    } finally {
      forgetSecrets();
      process.off('exit', forgetSecrets);
    }
    // A server that does not start must not keep this process talking.
  }).finally(() => started.abort());
}

/** What is said until the offline AWS runs. */
function sayUntil(started: AbortSignal, voice: Voice): Promise<void> {
  voice.say('lab: starting an offline AWS, and S3 for its states');
  return voice.during(
    () => 'lab: starting …',
    () => new Promise((resolve) => started.addEventListener('abort', () => resolve(), { once: true })),
  );
}

function runningLab({ account, secrets, containers }: Rehearsal, cdktf: LabCdktf): RunningLab {
  const { serviceName, masterKeySecretArn } = cdktf.outputs(proxyServiceContract);
  const { url } = cdktf.outputs(mockOpenAiContract);
  // By its name: the address may be a domain of the user's own, which leads nowhere on this machine.
  const gateway = containers?.services.find(({ name }) => name === serviceName);
  const mock = containers?.serviceAt(url);
  const masterKey = readSecret(account, secrets, masterKeySecretArn);
  if (gateway === undefined || mock === undefined || masterKey === undefined)
    throw new Error(`of what is deployed, ${serviceName}, ${url} or the value of ${masterKeySecretArn} is not here`);
  return { gateway, mock, masterKey };
}
