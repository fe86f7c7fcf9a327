import type { ContainerDefinition } from '@loadlab/foundation';
import type { TaskDefinition } from '../../src/local-fargate';

/** A container on the Node image; `code` is run as `main.js` from a volume. */
export function nodeContainer(name: string, overrides: Partial<ContainerDefinition> = {}): ContainerDefinition {
  return {
    name,
    image: 'public.ecr.aws/docker/library/node:20',
    essential: true,
    command: ['node', `/mnt/app/${name}.js`],
    environment: [],
    secrets: [],
    mountPoints: [{ sourceVolume: 'app', containerPath: '/mnt/app', readOnly: true }],
    portMappings: [],
    dependsOn: [],
    stopTimeout: 5,
    ...overrides,
  };
}

/** A container that listens on port 8080, which it is told by PORT. */
export function serverContainer(name: string, overrides: Partial<ContainerDefinition> = {}): ContainerDefinition {
  return nodeContainer(name, {
    environment: [{ name: 'PORT', value: '8080' }],
    portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
    ...overrides,
  });
}

/** A task of these containers with one volume, `app`. */
export function taskOf(...containerDefinitions: ContainerDefinition[]): TaskDefinition {
  return { family: 'example', containerDefinitions, volumes: [{ name: 'app' }] };
}
