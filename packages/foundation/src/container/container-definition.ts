import { z } from 'zod';

/** A variable in clear. */
const environmentVariable = z.strictObject({ name: z.string().min(1), value: z.string() }).readonly();
/** A variable whose value ECS fetches at task start: the ARN of a secret, with `:jsonKey::` for one field of it. */
const secretVariable = z.strictObject({ name: z.string().min(1), valueFrom: z.string().min(1) }).readonly();

const mountPoint = z
  .strictObject({
    /** Name of one of the task definition's volumes. */
    sourceVolume: z.string().min(1),
    containerPath: z.string().startsWith('/', { error: 'must be an absolute path such as /mnt/config' }),
    readOnly: z.boolean(),
  })
  .readonly();

const portMapping = z
  .strictObject({
    containerPort: z.number().int().min(1).max(65535),
    protocol: z.enum(['tcp', 'udp']),
    name: z.string().min(1).exactOptional(),
  })
  .readonly();

/** Limits are ECS's own; all times in seconds. */
const healthCheck = z
  .strictObject({
    /** `['CMD', program, argument…]` or `['CMD-SHELL', line]`; exit code 0 is healthy. */
    command: z.array(z.string()).min(2).readonly(),
    interval: z.number().int().min(5).max(300),
    timeout: z.number().int().min(2).max(60),
    /** Failures in a row that make the container unhealthy. */
    retries: z.number().int().min(1).max(10),
    /** Failures before this much time has passed since the start do not count. */
    startPeriod: z.number().int().min(0).max(300),
  })
  .readonly();

const containerDependency = z
  .strictObject({
    containerName: z.string().min(1),
    condition: z.enum(['START', 'COMPLETE', 'SUCCESS', 'HEALTHY']),
  })
  .readonly();

const logConfiguration = z
  .strictObject({ logDriver: z.string().min(1), options: z.record(z.string(), z.string()).readonly() })
  .readonly();

const linuxParameters = z
  .strictObject({
    initProcessEnabled: z.boolean().exactOptional(),
    capabilities: z
      .strictObject({
        add: z.array(z.string()).readonly().exactOptional(),
        drop: z.array(z.string()).readonly().exactOptional(),
      })
      .readonly()
      .exactOptional(),
  })
  .readonly();

const ulimit = z
  .strictObject({ name: z.string().min(1), softLimit: z.number().int(), hardLimit: z.number().int() })
  .readonly();

/**
 * One container of a task, in the JSON shape of `containerDefinitions[]` of ECS's RegisterTaskDefinition.
 * The same value goes into the task definition on AWS and is run as a local process in the rehearsal.
 * Stricter than ECS: keys that neither of the two understands are refused, and what ECS would default
 * silently (essential, environment, mounts) is written out.
 * @source https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export const containerDefinitionSchema = z
  .strictObject({
    name: z.string().regex(/^[A-Za-z0-9_-]{1,255}$/, { error: 'must be 1 to 255 letters, digits, _ and -' }),
    image: z.string().min(1),
    /** The task stops when an essential container stops. */
    essential: z.boolean(),
    /** Arguments for the image's entry point. */
    command: z.array(z.string()).readonly(),
    /** Replaces the image's own entry point. @default - the image's */
    entryPoint: z.array(z.string()).readonly().exactOptional(),
    environment: z.array(environmentVariable).readonly(),
    secrets: z.array(secretVariable).readonly(),
    mountPoints: z.array(mountPoint).readonly(),
    portMappings: z.array(portMapping).readonly(),
    /** @default - the container is never judged */
    healthCheck: healthCheck.exactOptional(),
    dependsOn: z.array(containerDependency).readonly(),
    /** Seconds from SIGTERM to SIGKILL; Fargate allows at most 120. @default - 30 */
    stopTimeout: z.number().int().min(0).max(120).exactOptional(),
    /** @default - what the stack adds: awslogs */
    logConfiguration: logConfiguration.exactOptional(),
    /** @default - false */
    readonlyRootFilesystem: z.boolean().exactOptional(),
    linuxParameters: linuxParameters.exactOptional(),
    /** `uid:gid` or a name of the image. @default - the image's */
    user: z.string().min(1).exactOptional(),
    ulimits: z.array(ulimit).readonly().exactOptional(),
  })
  .readonly();

/** See {@link containerDefinitionSchema}. */
export type ContainerDefinition = z.output<typeof containerDefinitionSchema>;
/** The health check of a container, times in seconds. */
export type ContainerHealthCheck = z.output<typeof healthCheck>;
/** A volume of the task, as the container sees it. */
export type MountPoint = z.output<typeof mountPoint>;
/** A port that the container listens on. */
export type PortMapping = z.output<typeof portMapping>;
