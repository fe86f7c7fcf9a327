import { checkSchema, parseSource } from '..';
import { containerDefinitionSchema, type ContainerDefinition } from './container-definition';

const smallest: ContainerDefinition = {
  name: 'litellm',
  image: 'ghcr.io/berriai/litellm:v1.108.7',
  essential: true,
  command: ['--port', '4000'],
  environment: [{ name: 'LITELLM_LOG', value: 'ERROR' }],
  secrets: [],
  mountPoints: [],
  portMappings: [],
  dependsOn: [],
};

const largest: ContainerDefinition = {
  ...smallest,
  entryPoint: ['python'],
  secrets: [{ name: 'KEY', valueFrom: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:x-AbCdEf:field::' }],
  mountPoints: [{ sourceVolume: 'config', containerPath: '/mnt/config', readOnly: true }],
  portMappings: [{ containerPort: 4000, protocol: 'tcp', name: 'http' }],
  healthCheck: { command: ['CMD', 'true'], interval: 10, timeout: 5, retries: 3, startPeriod: 60 },
  dependsOn: [{ containerName: 'other', condition: 'HEALTHY' }],
  stopTimeout: 120,
  logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'x' } },
  readonlyRootFilesystem: true,
  linuxParameters: { initProcessEnabled: true, capabilities: { drop: ['ALL'] } },
  user: '1000:1000',
  ulimits: [{ name: 'nofile', softLimit: 65536, hardLimit: 65536 }],
};

describe('a container definition', () => {
  it.each([
    ['smallest', smallest],
    ['largest', largest],
  ])('is taken as it is: the %s', (_what, definition) => {
    expect(containerDefinitionSchema.parse(definition)).toEqual(definition);
  });

  it.each([
    ['a stop that Fargate would not wait for', { stopTimeout: 300 }, 'stopTimeout: 300 is too large: at most 120'],
    [
      'a relative mount',
      { mountPoints: [{ sourceVolume: 'x', containerPath: 'mnt', readOnly: true }] },
      'mountPoints[0].containerPath: must be an absolute path such as /mnt/config, not "mnt"',
    ],
    [
      'a check more often than ECS makes it',
      { healthCheck: { ...largest.healthCheck, interval: 1 } },
      'healthCheck.interval: 1 is too small: at least 5',
    ],
    ['a key that ECS does not have', { comand: [] }, 'comand: unknown key'],
    ['a name with a space', { name: 'lite llm' }, 'name: must be 1 to 255 letters, digits, _ and -, not "lite llm"'],
  ])('is refused with %s', (_what, change, message) => {
    const document = parseSource('container', JSON.stringify({ ...smallest, ...change }));
    const { problems } = checkSchema(document, containerDefinitionSchema);
    expect(problems.map((problem) => `${problem.path}: ${problem.message}`)).toEqual([message]);
  });
});
