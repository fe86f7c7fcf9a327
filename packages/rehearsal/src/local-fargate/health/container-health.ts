import type { ContainerHealthCheck } from '@loadlab/foundation';

/** What ECS reports about a container or a task. */
export type HealthStatus = 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN';

/** What is known about a container's health. */
export interface ContainerHealth {
  readonly status: HealthStatus;
  /** Failures that counted, in a row. */
  readonly failures: number;
}

/** Before the first check, and for ever without one. */
export const unknownHealth: ContainerHealth = { status: 'UNKNOWN', failures: 0 };

/**
 * A container's health after one more check.
 * One success makes it HEALTHY; `retries` failures in a row make it UNHEALTHY; failures of checks that began within
 * `startPeriod` do not count until the first success. `startedAt` is when the check began, in seconds after the container's start.
 * @source https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html, and Docker's daemon/health.go to which it maps
 */
export function afterCheck(
  health: ContainerHealth,
  check: Pick<ContainerHealthCheck, 'retries' | 'startPeriod'>,
  result: { readonly passed: boolean; readonly startedAt: number },
): ContainerHealth {
  if (result.passed) return { status: 'HEALTHY', failures: 0 };
  if (health.status === 'UNKNOWN' && result.startedAt < check.startPeriod) return health;
  const failures = health.failures + 1;
  return { status: failures >= check.retries ? 'UNHEALTHY' : health.status, failures };
}

/**
 * A task's health from that of its essential containers: the worst of them, in the order UNHEALTHY, UNKNOWN, HEALTHY.
 * @source https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
export function taskHealth(essential: readonly HealthStatus[]): HealthStatus {
  if (essential.includes('UNHEALTHY')) return 'UNHEALTHY';
  return essential.length === 0 || essential.includes('UNKNOWN') ? 'UNKNOWN' : 'HEALTHY';
}
