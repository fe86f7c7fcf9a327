import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Environment } from '@loadlab/foundation';
import { bundleMockOpenAi } from '@loadlab/mock-openai';
import { mockOpenAiContainer, MOCK_OPENAI_PORT } from '@loadlab/mock-openai-infra';
import { LITELLM_PORT, liteLlmContainer } from '@loadlab/proxy-service';
import type { LocalFargate, LocalService } from '@loadlab/rehearsal/local-fargate';
import type { RunningLab } from './running-lab';
import { userSecrets } from './user-secrets';

/** Where the containers find what was published for them, as on AWS. */
const CONFIG_VOLUME = { name: 'config', containerPath: '/mnt/config' };
const BUNDLE_VOLUME = { name: 'app', containerPath: '/mnt/app' };
/** The name under which the gateway knows the mock; local Fargate turns it into the address here. */
const MOCK_HOST = 'mock-openai.loadlab.internal';

/**
 * Starts the mock upstream and the gateway of an environment, from the very container definitions that AWS gets, and waits until
 * both serve. Nothing is deployed.
 * @throws {InputError} with the reason from the container's own log when one of them does not come up
 */
export async function startLab(fargate: LocalFargate, environment: Environment): Promise<RunningLab> {
  const { mockOpenai } = environment;
  if (mockOpenai === 'none') throw new Error(`${environment.file} has no mock: requireLocalEnvironment comes first`);
  const mock = await startMock(fargate, mockOpenai);
  const masterKey = `sk-${randomBytes(24).toString('hex')}`;
  const gateway = await startGateway(fargate, environment, masterKey);
  return { gateway, mock, masterKey };
}

async function startMock(
  fargate: LocalFargate,
  mock: Exclude<Environment['mockOpenai'], 'none'>,
): Promise<LocalService> {
  const bundle = await bundleMockOpenAi(path.join(fargate.folder, 'bundle', 'main.js'));
  const container = mockOpenAiContainer({
    mock,
    bundle: { path: `${BUNDLE_VOLUME.containerPath}/${bundle.sha256}/main.js`, volume: BUNDLE_VOLUME },
  });
  return fargate.startService({
    name: 'mock-openai',
    // One process carries what a laptop's gateway can send it many times over.
    desiredCount: 1,
    containerPort: MOCK_OPENAI_PORT,
    readinessPath: '/health',
    knownAs: [`${MOCK_HOST}:${MOCK_OPENAI_PORT}`],
    taskDefinition: {
      family: 'mock-openai',
      containerDefinitions: [container],
      volumes: [{ name: BUNDLE_VOLUME.name }],
    },
    surroundings: {
      volumes: { [BUNDLE_VOLUME.name]: { files: { [`${bundle.sha256}/main.js`]: readFileSync(bundle.file) } } },
    },
  });
}

function startGateway(fargate: LocalFargate, environment: Environment, masterKey: string): Promise<LocalService> {
  const { proxy, litellmConfig } = environment;
  const file = `${litellmConfig.sha256}/config.yaml`;
  const secrets = new Map([
    ...userSecrets(environment, process.env),
    ['local:master-key', masterKey],
    ['local:salt-key', `sk-${randomBytes(24).toString('hex')}`],
  ]);
  const container = liteLlmContainer({
    proxy,
    config: { path: `${CONFIG_VOLUME.containerPath}/${file}`, sha256: litellmConfig.sha256, volume: CONFIG_VOLUME },
    keys: { masterKeySecretArn: 'local:master-key', saltKeySecretArn: 'local:salt-key' },
    mockOpenAiUrl: `http://${MOCK_HOST}:${MOCK_OPENAI_PORT}`,
  });
  return fargate.startService({
    name: 'litellm',
    desiredCount: proxy.tasks,
    containerPort: LITELLM_PORT,
    readinessPath: '/health/readiness',
    taskDefinition: { family: 'litellm', containerDefinitions: [container], volumes: [{ name: CONFIG_VOLUME.name }] },
    surroundings: {
      volumes: { [CONFIG_VOLUME.name]: { files: { [file]: litellmConfig.text } } },
      secret: (id) => secrets.get(id),
    },
  });
}
