import { containerDefinitionSchema, type ContainerDefinition } from '@loadlab/foundation';
import { z } from 'zod';

const efsVolumeConfiguration = z
  .object({
    fileSystemId: z.string().min(1),
    rootDirectory: z.string().exactOptional(),
    authorizationConfig: z.object({ accessPointId: z.string().exactOptional() }).readonly().exactOptional(),
  })
  .readonly();

/** A volume of the task: on AWS an EFS access point, here a folder. */
const taskVolume = z
  .object({ name: z.string().min(1), efsVolumeConfiguration: efsVolumeConfiguration.exactOptional() })
  .readonly();

/**
 * What ECS's RegisterTaskDefinition takes, as far as a local process can honour it; other keys (roles, CPU, network mode) are
 * allowed and have no effect here.
 * @source https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export const taskDefinitionSchema = z
  .object({
    family: z.string().min(1),
    containerDefinitions: z.array(containerDefinitionSchema).min(1).readonly(),
    volumes: z.array(taskVolume).readonly().default([]),
  })
  .readonly();

/** See {@link taskDefinitionSchema}. */
export interface TaskDefinition {
  readonly family: string;
  readonly containerDefinitions: readonly ContainerDefinition[];
  readonly volumes: readonly TaskVolume[];
}

/** A volume of the task, in ECS's shape. */
export type TaskVolume = z.output<typeof taskVolume>;
