import type { ContainerDefinition, Environment } from '@loadlab/foundation';
import { byName, databaseVariables, type GatewayDatabase } from './database-variables';
import { gatewayTimeouts } from './gateway-timeouts';
import { LOCAL_DATA_VARIABLES } from './local-data-variables';

/** The port that LiteLLM listens on in its container. */
export const LITELLM_PORT = 4000;
/** Name of the container in its task. */
export const LITELLM_CONTAINER = 'litellm';

/** What the container of a LiteLLM task depends on. */
export interface LiteLlmContainerOptions {
  readonly proxy: Pick<Environment['proxy'], 'image' | 'workersPerTask' | 'storeModelInDb' | 'environment' | 'secrets'>;
  readonly config: PublishedConfig;
  readonly keys: GatewayKeys;
  /** Origin of the mock upstream, without a trailing slash. @default - no MOCK_OPENAI_URL */
  readonly mockOpenAiUrl?: string;
  /** @default - no database: no virtual keys, no spend logs */
  readonly database?: GatewayDatabase;
}

/** The published config.yaml as the task sees it. */
export interface PublishedConfig {
  /** Path in the container. */
  readonly path: string;
  /** Hexadecimal. */
  readonly sha256: string;
  /** The task's volume that holds it, and where the container sees it. */
  readonly volume: { readonly name: string; readonly containerPath: string };
}

/** ARNs of secrets, each one's whole value a key. */
export interface GatewayKeys {
  readonly masterKeySecretArn: string;
  readonly saltKeySecretArn: string;
}

/**
 * LiteLLM's container: the same on Fargate and as a local process. Pure.
 * The command, never the entry point, since releases differ in theirs (docs/decisions/0050-litellm-container.md).
 */
export function liteLlmContainer(options: LiteLlmContainerOptions): ContainerDefinition {
  const { proxy, config } = options;
  return {
    name: LITELLM_CONTAINER,
    image: proxy.image,
    essential: true,
    // --config, and not CONFIG_FILE_PATH: only the flag makes LiteLLM apply the database settings of the file.
    command: ['--config', config.path, '--port', String(LITELLM_PORT), '--num_workers', String(proxy.workersPerTask)],
    environment: byName({ ...variables(options), ...proxy.environment }).map(([name, value]) => ({ name, value })),
    secrets: byName({ ...secrets(options), ...proxy.secrets }).map(([name, valueFrom]) => ({ name, valueFrom })),
    mountPoints: [{ sourceVolume: config.volume.name, containerPath: config.volume.containerPath, readOnly: true }],
    portMappings: [{ containerPort: LITELLM_PORT, protocol: 'tcp', name: 'http' }],
    healthCheck: liveliness(),
    dependsOn: [],
    stopTimeout: gatewayTimeouts.stop,
    // Writable: see docs/decisions/0051-writable-root-file-system.md.
    readonlyRootFilesystem: false,
    linuxParameters: {
      // Reaps the database engine's processes, and passes SIGTERM on.
      initProcessEnabled: true,
      capabilities: { drop: ['ALL'] },
    },
    // One connection to each client and one upstream for each request under way.
    ulimits: [{ name: 'nofile', softLimit: 65535, hardLimit: 65535 }],
  };
}

/**
 * Whether the process answers at all. Lenient: a busy worker is not a dead one, and a task replaced in the middle of a
 * measurement makes it worthless. Ten failures in a row, 15 s apart, are two and a half minutes of silence.
 * By Python, since the image has neither curl nor wget.
 */
function liveliness(): NonNullable<ContainerDefinition['healthCheck']> {
  const url = `http://127.0.0.1:${LITELLM_PORT}/health/liveliness`;
  return {
    command: ['CMD', 'python3', '-c', `import urllib.request; urllib.request.urlopen("${url}", timeout=9)`],
    interval: 15,
    timeout: 10,
    retries: 10,
    // LiteLLM is ready after 10 to 30 s, on a cold image cache after minutes; the most that ECS allows.
    startPeriod: 300,
  };
}

function variables({ proxy, config, mockOpenAiUrl, database }: LiteLlmContainerOptions): Record<string, string> {
  return {
    KEEPALIVE_TIMEOUT: String(gatewayTimeouts.keepAlive),
    TIMEOUT_WORKER_HEALTHCHECK: String(gatewayTimeouts.workerHealthCheck),
    GRACEFUL_SHUTDOWN_TIMEOUT: String(gatewayTimeouts.gracefulShutdown),
    // Also silences the server's line for every request.
    LITELLM_LOG: 'ERROR',
    // Anything else reads a .env file from the working directory.
    LITELLM_MODE: 'PRODUCTION',
    ...LOCAL_DATA_VARIABLES,
    // For people and for records: which config.yaml a task runs with. LiteLLM does not read it.
    LOADLAB_CONFIG_SHA256: config.sha256,
    STORE_MODEL_IN_DB: proxy.storeModelInDb && database !== undefined ? 'True' : 'False',
    ...(mockOpenAiUrl === undefined ? {} : { MOCK_OPENAI_URL: mockOpenAiUrl }),
    ...(database === undefined
      ? {}
      : {
          ...databaseVariables(database),
          // The schema is brought up to date once per image, before the service; not by every task in a race.
          DISABLE_SCHEMA_UPDATE: 'true',
        }),
  };
}

function secrets({ keys, database }: LiteLlmContainerOptions): Record<string, string> {
  return {
    LITELLM_MASTER_KEY: keys.masterKeySecretArn,
    LITELLM_SALT_KEY: keys.saltKeySecretArn,
    ...(database === undefined ? {} : { DATABASE_PASSWORD: database.passwordSecretArn }),
  };
}
