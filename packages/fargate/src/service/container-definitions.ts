import type { ContainerDefinition } from '@loadlab/foundation';
import { literal } from '../terraform-literal';

/** Where a container's output goes. */
export interface ContainerLog {
  readonly group: string;
  readonly region: string;
}

/** Variables that look as if they worked and do not, with what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  LITELLM_CONFIG:
    'LiteLLM does not read LITELLM_CONFIG, it would start without models: mount config.yaml and pass --config',
};

/**
 * The task definition's `container_definitions`: JSON with sorted keys, so that a plan shows what changed and nothing
 * else, and with ECS's own defaults left out, since ECS would not report them back.
 * @throws {Error} for a variable that cannot work
 */
export function containerDefinitionsJson(containers: readonly ContainerDefinition[], log: ContainerLog): string {
  return JSON.stringify(containers.map((container) => sorted(forEcs(container, log))));
}

/** What ECS stores: everything but empty lists, literals safe from Terraform's own `${…}`. */
function forEcs(container: ContainerDefinition, log: ContainerLog): unknown {
  for (const { name } of [...container.environment, ...container.secrets]) {
    const reason = REFUSED[name];
    if (reason !== undefined) throw new Error(`container ${container.name}: ${reason}`);
  }
  const complete = {
    ...container,
    logConfiguration: container.logConfiguration ?? {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': log.group,
        'awslogs-region': log.region,
        'awslogs-stream-prefix': logStreamPrefix,
        // Blocking would stop the gateway when CloudWatch is slow, in the middle of a measurement.
        mode: 'non-blocking',
        'max-buffer-size': '25m',
      },
    },
  };
  return Object.fromEntries(
    Object.entries(complete)
      .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
      .map(([key, value]) => [key, literal(value)]),
  );
}

/** First part of the names of all log streams: `<prefix>/<container>/<task>`. */
export const logStreamPrefix = 'task';

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
