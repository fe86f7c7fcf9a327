import type { ContainerDefinition, Environment } from '@loadlab/foundation';

/** The port that the mock listens on in its container. */
export const MOCK_OPENAI_PORT = 8080;
/** Name of the container in its task. */
export const MOCK_OPENAI_CONTAINER = 'mock-openai';

/**
 * Plain Node: the mock itself comes as a bundle, so there is no image to build and no registry to own. From Amazon's public mirror of
 * the official images, which has no pull limit for callers inside AWS. Pinned to the patch and the Debian release; whoever
 * wants the very bytes pinned gives an image with its digest.
 */
const NODE_IMAGE = 'public.ecr.aws/docker/library/node:20.20.2-bookworm-slim';

/** What the container of a mock task depends on. */
export interface MockOpenAiContainerOptions {
  /** The mock of the environment. */
  readonly mock: Pick<Exclude<Environment['mockOpenai'], 'none'>, 'cpu' | 'latency' | 'image'>;
  readonly bundle: PublishedBundle;
}

/** The mock's one file, as the task sees it. */
export interface PublishedBundle {
  /** Of `main.js`, in the container: `/mnt/app/<sha256>/main.js`. */
  readonly path: string;
  /** The task's volume that holds it, and where the container sees it. */
  readonly volume: { readonly name: string; readonly containerPath: string };
}

/** The mock's container: the same on Fargate and as a local process. Pure. */
export function mockOpenAiContainer({ mock, bundle }: MockOpenAiContainerOptions): ContainerDefinition {
  return {
    name: MOCK_OPENAI_CONTAINER,
    image: mock.image ?? NODE_IMAGE,
    essential: true,
    command: [
      'node',
      bundle.path,
      ...flags({ port: MOCK_OPENAI_PORT, latency: milliseconds(mock.latency), workers: workersOf(mock.cpu) }),
    ],
    environment: [],
    secrets: [],
    mountPoints: [{ sourceVolume: bundle.volume.name, containerPath: bundle.volume.containerPath, readOnly: true }],
    portMappings: [{ containerPort: MOCK_OPENAI_PORT, protocol: 'tcp', name: 'http' }],
    healthCheck: alive(),
    dependsOn: [],
    // On SIGTERM the mock finishes what is in flight; the most that Fargate allows.
    stopTimeout: 120,
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true, capabilities: { drop: ['ALL'] } },
    user: 'node',
    // One connection a request, thousands in flight.
    ulimits: [{ name: 'nofile', softLimit: 65535, hardLimit: 65535 }],
  };
}

/** One worker a whole vCPU: more would only take turns, and a worker is a process of its own. */
function workersOf(cpu: number): number {
  return Math.max(1, Math.floor(cpu));
}

/** Seconds as the mock's flags have them: 0.1 -> `100ms`. */
function milliseconds(seconds: number): string {
  return `${Number((seconds * 1000).toPrecision(12))}ms`;
}

function flags(values: Readonly<Record<string, string | number>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

/** By Node, since the image has neither curl nor wget. As lenient as the gateway's: a task replaced under load spoils the measurement. */
function alive(): NonNullable<ContainerDefinition['healthCheck']> {
  const url = `http://127.0.0.1:${MOCK_OPENAI_PORT}/health`;
  const script = `fetch("${url}", { signal: AbortSignal.timeout(4000) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;
  return { command: ['CMD', 'node', '-e', script], interval: 10, timeout: 5, retries: 10, startPeriod: 60 };
}
