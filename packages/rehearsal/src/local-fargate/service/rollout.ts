/** A task of a service, as far as a rolling deployment cares. */
export interface RolloutMember {
  readonly id: string;
  /** Which deployment it belongs to. */
  readonly revision: number;
  readonly state: 'starting' | 'serving' | 'leaving';
}

/** How far a rolling deployment may go below and above the desired count. */
export interface RolloutLimits {
  readonly desired: number;
  /** Rounded up, as ECS does. */
  readonly minimumHealthyPercent: number;
  /** Rounded down, as ECS does. */
  readonly maximumPercent: number;
}

/** What to do next. */
export interface RolloutStep {
  /** So many tasks of the current revision are to be started. */
  readonly start: number;
  /** These are to be taken out of service and stopped. */
  readonly leave: readonly string[];
}

/**
 * The next step of a rolling deployment: as many new tasks as the maximum allows, and as many old ones out as the minimum of healthy
 * tasks allows. Nothing to do when all desired tasks of the current revision serve and no other is left.
 * @source https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function nextRolloutStep(
  limits: RolloutLimits,
  revision: number,
  members: readonly RolloutMember[],
): RolloutStep {
  const fewest = Math.ceil((limits.desired * limits.minimumHealthyPercent) / 100);
  const most = Math.floor((limits.desired * limits.maximumPercent) / 100);
  const staying = members.filter((member) => member.state !== 'leaving');
  const current = staying.filter((member) => member.revision === revision);
  const old = staying.filter((member) => member.revision !== revision);
  const serving = staying.filter((member) => member.state === 'serving');

  const useless = old.filter((member) => member.state === 'starting');
  const replaceable = old.filter((member) => member.state === 'serving').slice(0, Math.max(0, serving.length - fewest));
  return {
    start: Math.max(0, Math.min(limits.desired - current.length, most - staying.length)),
    leave: [...useless, ...replaceable].map((member) => member.id),
  };
}

/** True when all desired tasks of the revision serve and nothing else is left. */
export function isComplete(limits: RolloutLimits, revision: number, members: readonly RolloutMember[]): boolean {
  return (
    members.length === limits.desired &&
    members.every((member) => member.revision === revision && member.state === 'serving')
  );
}

/**
 * Failed tasks in a row after which a deployment has failed: half the desired count, at least 3, at most 200.
 * @source https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export function circuitBreakerThreshold(desired: number): number {
  return Math.min(200, Math.max(3, Math.ceil(desired / 2)));
}
