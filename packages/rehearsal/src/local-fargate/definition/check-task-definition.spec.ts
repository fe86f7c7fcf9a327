import { nodeContainer, serverContainer, taskOf } from '../../../test/local-fargate/task-definitions';
import { checkTaskDefinition } from './check-task-definition';
import type { TaskDefinition } from './task-definition';

const on = (
  containerName: string,
  condition: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY',
): { dependsOn: [{ containerName: string; condition: typeof condition }] } => ({
  dependsOn: [{ containerName, condition }],
});
const messagesOf = (definition: TaskDefinition): string[] =>
  checkTaskDefinition(definition).map(({ path, message }) => `${path}: ${message}`);

describe('checkTaskDefinition', () => {
  it('has nothing against a sound task definition', () => {
    expect(
      checkTaskDefinition(
        taskOf(nodeContainer('init', { essential: false }), serverContainer('main', on('init', 'SUCCESS'))),
      ),
    ).toEqual([]);
  });

  it.each<[string, TaskDefinition, string]>([
    [
      'no essential container',
      taskOf(nodeContainer('one', { essential: false })),
      'containerDefinitions: no container is essential',
    ],
    [
      'two containers of one name',
      taskOf(nodeContainer('one'), nodeContainer('one')),
      'one.name: two containers have this name',
    ],
    [
      'one port twice',
      taskOf(serverContainer('one'), serverContainer('two')),
      'portMappings: port 8080 is mapped twice',
    ],
    [
      'a volume that is not there',
      { ...taskOf(nodeContainer('one')), volumes: [] },
      'one.mountPoints: the task has no volume "app"',
    ],
    [
      'a variable that is a secret, too',
      taskOf(
        nodeContainer('one', {
          environment: [{ name: 'KEY', value: '1' }],
          secrets: [{ name: 'KEY', valueFrom: 'x' }],
        }),
      ),
      'one.environment: KEY is set twice',
    ],
    [
      'an unknown dependency',
      taskOf(nodeContainer('one', on('two', 'START'))),
      'one.dependsOn: the task has no container "two"',
    ],
    [
      'health that nobody checks',
      taskOf(nodeContainer('one'), nodeContainer('two', on('one', 'HEALTHY'))),
      'two.dependsOn: waits for "one" to be HEALTHY, which has no health check',
    ],
    [
      'the end of an essential container',
      taskOf(nodeContainer('one'), nodeContainer('two', on('one', 'COMPLETE'))),
      'two.dependsOn: waits for the end of "one", an essential container',
    ],
    [
      'a circle',
      taskOf(
        nodeContainer('one', on('two', 'START')),
        nodeContainer('two', on('one', 'START')),
        nodeContainer('three'),
      ),
      'one.dependsOn: depends on itself in the end',
    ],
  ])('finds %s', (_what, definition, message) => {
    expect(messagesOf(definition)).toContain(message);
  });

  it('reports everything at once', () => {
    const definition = taskOf(nodeContainer('one', { essential: false, ...on('two', 'START') }));
    expect(messagesOf(definition)).toHaveLength(2);
  });
});
