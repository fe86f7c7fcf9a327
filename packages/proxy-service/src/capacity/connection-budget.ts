import { databaseConnections, type Environment, type Problem } from '@loadlab/foundation';

/** LiteLLM's own default, per worker. */
const DEFAULT_POOL = 10;
/** ECS starts all new tasks before it stops the old ones. */
const ROLLOUT = 2;
/** Kept free: PostgreSQL's own reserve of 3, the migration of a new release, monitoring, and a person who looks. */
const HEADROOM = 20;

/** What LiteLLM's processes may open together, against what the database allows. */
export interface ConnectionBudget {
  /** Of all workers of all tasks in daily life. */
  readonly connections: number;
  /** While a new version rolls out, with the headroom. */
  readonly peak: number;
  /** How the connections come about: `4 tasks x 4 workers x 10`. */
  readonly how: string;
  /** What the database allows; 0 without one. */
  readonly limit: number;
  /** Absent where the peak fits. */
  readonly problem?: Omit<Problem, 'file'>;
}

type Sizes = Pick<Environment, 'database'> & {
  readonly proxy: Pick<Environment['proxy'], 'tasks' | 'workersPerTask' | 'autoscaling'>;
};

/**
 * Each worker keeps a pool of its own: tasks x workers x pool, twice during a rolling deployment. Where that is more
 * than the database allows, tasks fail at their start, in the middle of a deployment.
 * `config` is the content of config.yaml, whatever its state.
 * @source https://docs.litellm.ai/docs/proxy/prod
 */
export function connectionBudget(environment: Sizes, config: unknown): ConnectionBudget {
  const limit = databaseConnections(environment);
  if (environment.database === 'none') return { connections: 0, peak: 0, how: 'no database', limit };
  const tasks = mostTasks(environment);
  const { workersPerTask: workers } = environment.proxy;
  const pool = poolOf(config);
  const connections = tasks * workers * pool;
  const peak = connections * ROLLOUT + HEADROOM;
  const how = `${tasks} tasks x ${workers} workers x ${pool}`;
  if (peak <= limit) return { connections, peak, how, limit };

  const fitting = Math.floor((limit - HEADROOM) / (tasks * workers * ROLLOUT));
  const smaller = fitting >= 1 ? `, or general_settings.database_connection_pool_limit: ${fitting} in config.yaml` : '';
  return {
    connections,
    peak,
    how,
    limit,
    problem: {
      path: 'existing' in environment.database ? 'database.existing.maxConnections' : 'database.instanceClass',
      message:
        `allows ${limit} connections; ${how} are ${connections}, ` +
        `during a rolling deployment twice that, with ${HEADROOM} to spare ${peak}`,
      hint: `a larger database${smaller}, or fewer tasks or workers`,
    },
  };
}

/** The most tasks that will ever serve at once, apart from a rolling deployment. */
export function mostTasks({ proxy: { tasks, autoscaling } }: Pick<Sizes, 'proxy'>): number {
  return autoscaling === 'none' ? tasks : Math.max(tasks, autoscaling.maxTasks);
}

function poolOf(config: unknown): number {
  const { general_settings: general } = (config ?? {}) as { general_settings?: unknown };
  const { database_connection_pool_limit: pool } = (general ?? {}) as { database_connection_pool_limit?: unknown };
  return typeof pool === 'number' && pool > 0 ? pool : DEFAULT_POOL;
}
