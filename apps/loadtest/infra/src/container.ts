import type { ContainerDefinition, Environment } from '@loadlab/foundation';

/** Name of the container in its task. */
export const GENERATOR_CONTAINER = 'generator';

/** Plain Node, as the mock has it: the generator comes as a bundle. */
const NODE_IMAGE = 'public.ecr.aws/docker/library/node:20.20.2-bookworm-slim';

/** What the container of a generator depends on. */
export interface GeneratorContainerOptions {
  readonly generator: Pick<Exclude<Environment['loadGenerator'], 'none'>, 'cpu' | 'image'>;
  readonly bundle: {
    /** Of its main file, in the container. */
    readonly path: string;
    /** The task's volume that holds it, and where the container sees it. */
    readonly volume: { readonly name: string; readonly containerPath: string };
  };
  /** Origin of the gateway. */
  readonly target: string;
  /** ARN of the secret whose whole value is the gateway's key. */
  readonly apiKeySecretArn: string;
  /** Origin of the mock upstream, for rounds past the gateway. @default - no direct rounds */
  readonly direct?: string;
  /** Bucket for records and pages. */
  readonly resultsBucket: string;
}

/** The container of one generator. Pure. Its arguments are parameters of the job, given when a run is submitted. */
export function generatorContainer(options: GeneratorContainerOptions): ContainerDefinition {
  const { generator, bundle, target, direct, apiKeySecretArn, resultsBucket } = options;
  const variables = {
    ...(direct === undefined ? {} : { LOADLAB_DIRECT: direct }),
    LOADLAB_PROCESSES: String(Math.max(1, Math.floor(generator.cpu))),
    LOADLAB_RESULTS_BUCKET: resultsBucket,
    LOADLAB_TARGET: target,
  };
  return {
    name: GENERATOR_CONTAINER,
    image: generator.image ?? NODE_IMAGE,
    essential: true,
    command: ['node', bundle.path, 'Ref::scenario', '--rounds', 'Ref::rounds'],
    environment: Object.entries(variables).map(([name, value]) => ({ name, value })),
    secrets: [{ name: 'LOADLAB_API_KEY', valueFrom: apiKeySecretArn }],
    mountPoints: [{ sourceVolume: bundle.volume.name, containerPath: bundle.volume.containerPath, readOnly: true }],
    portMappings: [],
    dependsOn: [],
    // The record is written before it goes to the bucket, and Batch on Fargate knows no other place to write to.
    readonlyRootFilesystem: false,
    linuxParameters: { initProcessEnabled: true },
    user: 'node',
  };
}
