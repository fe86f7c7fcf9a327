/**
 * Runs what ECS would run. Without one, services are assumed to become stable and tasks to succeed; with one, an apply
 * waits for real containers and fails with their reasons.
 */
export interface ContainerRuntime {
  /**
   * Brings a service to a revision and returns when it is stable, or when it was given up.
   * Called again for the same service, it rolls from the former revision.
   */
  deployService(service: ServiceDeployment): Promise<ServiceOutcome>;
  /** Stops a service's tasks. */
  removeService(service: Pick<ServiceDeployment, 'cluster' | 'name'>): Promise<void>;
  /** Starts a one-off task; returns as soon as it has an id. */
  runTask(task: OneOffTask): Promise<RuntimeTask>;
  /** Tasks that run, and those that stopped within the last hour. */
  tasks(cluster: string): Promise<readonly RuntimeTask[]>;
  /** The newest lines of a log stream, oldest first; undefined when there is no such stream. */
  logLines(logGroup: string, logStream: string, count: number): Promise<readonly string[] | undefined>;
}
/** What the account's ECS service asks for. Keys are ECS's own, as in RegisterTaskDefinition. */
export interface ServiceDeployment {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly name: string;
  readonly taskDefinition: RevisionedTaskDefinition;
  readonly desiredCount: number;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly healthCheckGracePeriodSeconds: number;
  /** Which container's port the load balancer sends requests to. */
  readonly target?: ServiceTarget;
  /** `http://name.namespace:port` inside the VPC, where the service has a name. */
  readonly discoveryName?: string;
}
export interface ServiceTarget {
  readonly container: string;
  readonly containerPort: number;
  readonly healthCheckPath: string;
  /** Name of the load balancer inside the VPC. */
  readonly dnsName: string;
  /** Port on which it listens. */
  readonly listenerPort: number;
  readonly deregistrationDelaySeconds: number;
}
/** A task definition in the shape of RegisterTaskDefinition, with its ARN. */
export interface RevisionedTaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly containerDefinitions: unknown;
  readonly volumes: readonly {
    readonly name: string;
    readonly efsVolumeConfiguration?: {
      readonly fileSystemId: string;
      readonly authorizationConfig?: {
        readonly accessPointId?: string;
      };
      /** The folder of this machine that stands for it. */
      readonly folder: string;
    };
  }[];
}
export type ServiceOutcome =
  | {
      readonly status: 'STABLE';
    }
  /** The reason is the containers' own; rolled back when a former revision goes on. */
  | {
      readonly status: 'FAILED';
      readonly reason: string;
      readonly rolledBack: boolean;
    };
export interface OneOffTask {
  readonly cluster: string;
  readonly taskDefinition: RevisionedTaskDefinition;
}
/** A task as DescribeTasks shows it. */
export interface RuntimeTask {
  readonly arn: string;
  readonly cluster: string;
  readonly taskDefinitionArn: string;
  /** Name of its service; undefined for a one-off task. */
  readonly service?: string;
  readonly lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  readonly stoppedReason?: string;
  readonly containers: readonly {
    readonly name: string;
    readonly exitCode?: number;
    readonly reason?: string;
  }[];
  /** Its address in the VPC, under which functions reach it; the real one is `addresses`. */
  readonly privateIp: string;
  /** Container port -> `127.0.0.1:port`. */
  readonly addresses: Readonly<Record<string, string>>;
}
