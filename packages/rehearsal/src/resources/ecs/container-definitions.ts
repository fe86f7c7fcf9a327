import { z } from 'zod';
import { AwsError } from '../aws-error';

const named = z.looseObject({ name: z.string().min(1) });

/** What registration looks at; everything else is kept as it is. */
const container = z.looseObject({
  name: z.string().regex(/^[\w-]{1,255}$/),
  image: z.string().min(1),
  essential: z.boolean().default(true),
  environment: z.array(named).nullish(),
  secrets: z.array(z.looseObject({ name: z.string().min(1), valueFrom: z.string().min(1) })).nullish(),
  portMappings: z.array(z.looseObject({ containerPort: z.number().int().min(1).max(65535) })).nullish(),
  mountPoints: z.array(z.looseObject({ sourceVolume: z.string(), containerPath: z.string() })).nullish(),
  dependsOn: z.array(z.looseObject({ containerName: z.string() })).nullish(),
  logConfiguration: z
    .looseObject({ logDriver: z.string(), options: z.record(z.string(), z.string()).optional() })
    .nullish(),
  stopTimeout: z.number().max(120).nullish(),
});

/** A container as far as registration and start look at it. */
export type RegisteredContainer = z.output<typeof container>;

/** @throws {AwsError} as RegisterTaskDefinition for text that is no list of container definitions */
export function readContainers(text: string): RegisteredContainer[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new AwsError(
      'ClientException',
      `ECS Task Definition container_definitions is invalid: ${(error as Error).message}`,
    );
  }
  const read = z.array(container).min(1).safeParse(json);
  if (read.success) return read.data;
  const issues = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new AwsError('ClientException', `Invalid container definitions: ${issues.join('; ')}`);
}

/** What AWS checks across the containers of a task. @throws {AwsError} */
export function checkContainers(containers: readonly RegisteredContainer[], volumes: readonly string[]): void {
  const names = containers.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw client(`Container names must be unique within a task definition: ${twice}`);
  if (!containers.some(({ essential }) => essential))
    throw client('At least one container must be marked as essential in the task definition.');
  for (const { name, mountPoints, dependsOn, environment, secrets } of containers) {
    for (const { sourceVolume } of mountPoints ?? [])
      if (!volumes.includes(sourceVolume)) throw client(`Unknown volume '${sourceVolume}'.`);
    for (const { containerName } of dependsOn ?? [])
      if (!names.includes(containerName) || containerName === name)
        throw client(`Container dependency on container '${containerName}' is not valid in container '${name}'.`);
    const variables = [...(environment ?? []), ...(secrets ?? [])].map((variable) => variable.name);
    const clash = variables.find((variable, index) => variables.indexOf(variable) !== index);
    if (clash !== undefined)
      throw client(
        `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${clash}'.`,
      );
  }
}

function client(message: string): AwsError {
  return new AwsError('ClientException', message);
}
