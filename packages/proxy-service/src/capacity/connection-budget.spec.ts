import { testEnvironment, type EnvironmentInput } from '@loadlab/foundation/testing';
import { connectionBudget } from './connection-budget';

const budget = (sections: Partial<EnvironmentInput>, config: unknown = {}) =>
  connectionBudget(testEnvironment(sections), config);
const existing = (maxConnections: number): Partial<EnvironmentInput> => ({
  database: {
    existing: {
      host: 'db.internal',
      name: 'litellm',
      passwordSecretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf',
      securityGroupId: 'sg-0123456789abcdef0',
      maxConnections,
    },
  },
});

describe('connectionBudget', () => {
  it('counts a pool for each worker of each task, twice during a rollout, and some to spare', () => {
    expect(budget({})).toEqual({ connections: 160, peak: 340, how: '4 tasks x 4 workers x 10', limit: 901 });
  });

  it.each([
    ['the pool of config.yaml', { general_settings: { database_connection_pool_limit: 5 } }, 80],
    ['LiteLLM’s default where the file says none', { general_settings: null }, 160],
    ['LiteLLM’s default where the file is malformed', 'model_list', 160],
  ])('takes %s', (_what, config, connections) => {
    expect(budget({}, config).connections).toBe(connections);
  });

  it('counts the most tasks that autoscaling may start', () => {
    const sections = { proxy: { autoscaling: { minTasks: 2, maxTasks: 10 } } };
    expect(budget(sections).connections).toBe(400);
  });

  it('has nothing to say without a database', () => {
    expect(budget({ database: 'none' })).toEqual({ connections: 0, peak: 0, how: 'no database', limit: 0 });
  });

  it.each([
    [340, undefined],
    [339, 'database.existing.maxConnections'],
  ])('holds the peak of 340 against a server that allows %p', (maxConnections, path) => {
    expect(budget(existing(maxConnections)).problem?.path).toBe(path);
  });

  it('names the largest pool that would fit', () => {
    const { problem } = budget(existing(100));
    expect(problem?.hint).toContain('database_connection_pool_limit: 2 in config.yaml');
    expect(budget(existing(100), { general_settings: { database_connection_pool_limit: 2 } })).not.toHaveProperty(
      'problem',
    );
  });

  it('names no pool where none would fit', () => {
    expect(budget(existing(30)).problem?.hint).toBe('a larger database, or fewer tasks or workers');
  });
});
