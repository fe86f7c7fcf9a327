import { InputError } from '@loadlab/foundation';
import { tellRegularly } from '../tell-regularly';
import type { LocalTask } from '../task/local-task';
import type { Deployable, DeploymentFailure, DeploymentOutcome } from './deployment';
import {
  circuitBreakerThreshold,
  isComplete,
  nextRolloutStep,
  type RolloutLimits,
  type RolloutMember,
} from './rollout';
import type { LostTask, ServiceHost, ServiceOptions } from './service-options';
import { untilServing } from './until-serving';

/** A port can be taken by somebody else between its choice and the moment when the container wants it. */
const PORT_ATTEMPTS = 5;
/** Nobody waits any more for requests that are under way when the service ends. */
const END_SECONDS = 10;
/** Lost tasks that are replaced; a service that goes on dying is not worth the noise. */
const REPLACEMENTS = 10;

interface Revision {
  readonly number: number;
  readonly deployable: Deployable;
  failures: number;
  portAttempts: number;
}

interface Deployment {
  /** Seconds of the clock. */
  readonly since: number;
  readonly over: AbortController;
  resolve(outcome: DeploymentOutcome): void;
  reject(error: unknown): void;
  /** What it will end with once the former revision serves again. */
  failure?: DeploymentFailure;
}

interface Member extends RolloutMember {
  state: RolloutMember['state'];
  task?: LocalTask;
}

/** A service of ECS as tasks of this machine: keeps the desired count, rolls new task definitions out, and back when they fail. */
export class LocalService {
  /** Tasks that were lost while they served. */
  readonly lost: LostTask[] = [];
  private readonly members = new Map<string, Member>();
  private current: Revision | undefined;
  private completed: Revision | undefined;
  private deployment: Deployment | undefined;
  private revisions = 0;
  private ids = 0;
  private freedPorts: ReadonlyMap<number, number> | undefined;
  private stopping = false;
  private readonly starting = new Set<Promise<void>>();

  constructor(
    private readonly options: ServiceOptions,
    private readonly host: ServiceHost,
  ) {
    if (host.balancer === undefined && options.desiredCount > 1)
      throw new RangeError('several tasks need a load balancer before them');
  }

  get name(): string {
    return this.options.name;
  }

  /** Where the service is reached. */
  get url(): string {
    if (this.host.balancer !== undefined) return this.host.balancer.url;
    const task = this.tasks[0];
    if (task === undefined) throw new Error(`${this.name} has no task yet`);
    return task.url(this.options.containerPort);
  }

  /** Each serving task's own address and its worker processes. */
  get endpoints(): readonly { readonly url: string; readonly workers: number }[] {
    const port = this.options.containerPort;
    return this.tasks.map((task) => ({ url: task.url(port), workers: task.workersBehind(port) }));
  }

  /** The tasks that serve. */
  get tasks(): readonly LocalTask[] {
    return [...this.members.values()].flatMap(({ state, task }) => (state === 'serving' && task ? [task] : []));
  }

  /**
   * Rolls a task definition out: new tasks start, and old ones leave once enough new ones serve. When the new ones
   * keep failing, the last definition that worked goes on (or comes back), and the outcome says why.
   */
  async deploy(deployable: Deployable): Promise<DeploymentOutcome> {
    if (this.deployment !== undefined) throw new Error(`${this.name} is being deployed already`);
    if (this.completed !== undefined && this.host.balancer === undefined)
      throw new Error(`a rolling deployment of ${this.name} needs a load balancer: its address would change`);
    this.revisions += 1;
    this.current = { number: this.revisions, deployable, failures: 0, portAttempts: 0 };
    return new Promise<DeploymentOutcome>((resolve, reject) => {
      this.deployment = { since: this.host.clock.now(), over: new AbortController(), resolve, reject };
      this.tellWaiting(this.deployment.over.signal);
      this.reconcile();
    });
  }

  /** Stops every task. */
  async stop(): Promise<void> {
    this.stopping = true;
    const over = new AbortController();
    if (this.deployment === undefined && this.members.size > 0) this.tellWaiting(over.signal);
    const end = (task: LocalTask): Promise<unknown> => task.stop('the lab ends', 'UserInitiated', END_SECONDS);
    await Promise.all([...this.members.values()].flatMap(({ task }) => (task === undefined ? [] : end(task))));
    // A task that was being prepared meanwhile stops as soon as it exists.
    await Promise.all(this.starting);
    await this.host.balancer?.close();
    over.abort();
    this.settle({ status: 'STOPPED' });
  }

  private get limits(): RolloutLimits {
    const { desiredCount, minimumHealthyPercent = 100, maximumPercent = 200 } = this.options;
    return { desired: desiredCount, minimumHealthyPercent, maximumPercent };
  }

  private reconcile(): void {
    if (this.stopping || this.current === undefined || this.lost.length > REPLACEMENTS) return;
    const step = nextRolloutStep(this.limits, this.current.number, [...this.members.values()]);
    for (let count = 0; count < step.start; count++) this.launch(this.current);
    for (const id of step.leave) void this.retire(id);
    if (isComplete(this.limits, this.current.number, [...this.members.values()])) this.complete(this.current);
  }

  private complete(revision: Revision): void {
    this.completed = revision;
    if (this.deployment === undefined) return;
    const { failure, since } = this.deployment;
    const seconds = this.host.clock.now() - since;
    if (failure === undefined)
      this.host.onEvent({ kind: 'deployment-completed', service: this.name, url: this.url, seconds });
    this.settle(failure ?? { status: 'COMPLETED' });
  }

  private settle(outcome: DeploymentOutcome): void {
    this.deployment?.over.abort();
    this.deployment?.resolve(outcome);
    this.deployment = undefined;
  }

  private launch(revision: Revision): void {
    this.ids += 1;
    const member: Member = { id: `${this.name}-${this.ids}`, revision: revision.number, state: 'starting' };
    this.members.set(member.id, member);
    const launched = this.bringUp(member, revision).catch((error: unknown) => this.deployment?.reject(error));
    this.starting.add(launched);
    void launched.finally(() => this.starting.delete(launched));
  }

  private async bringUp(member: Member, revision: Revision): Promise<void> {
    const since = this.host.clock.now();
    const task = await this.startTask(member, revision);
    if (task === undefined) return;
    const { containerPort, readinessPath, gracePeriodSeconds = 180 } = this.options;
    const isUnwanted = (): boolean => this.isUnwanted(member);
    const criteria = { clock: this.host.clock, containerPort, readinessPath, gracePeriodSeconds, isUnwanted };
    const failure = await untilServing(task, criteria);
    if (this.isUnwanted(member)) await task.stop('it is no longer needed', 'ServiceSchedulerInitiated');
    else if (failure === undefined) this.serve(member, task, revision, since);
    else {
      this.members.delete(member.id);
      await this.startFailed(revision, task, failure);
    }
  }

  /** Undefined when the task cannot be run here at all. */
  private async startTask(member: Member, revision: Revision): Promise<LocalTask | undefined> {
    const ports = this.freedPorts;
    this.freedPorts = undefined;
    try {
      member.task = await this.host.startTask(revision.deployable, ports);
      return member.task;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.members.delete(member.id);
      // It would fail in the same way each time.
      this.failDeployment(revision, { reason: error.message, problems: error });
      return undefined;
    }
  }

  private isUnwanted(member: Member): boolean {
    return this.stopping || member.state === 'leaving';
  }

  private serve(member: Member, task: LocalTask, revision: Revision, since: number): void {
    const { clock, balancer, onEvent } = this.host;
    revision.failures = 0;
    member.state = 'serving';
    task.markStarted();
    balancer?.register(member.id, task.url(this.options.containerPort));
    onEvent({ kind: 'task-in-service', service: this.name, task: task.id, seconds: clock.now() - since });
    void task.stopped.then(({ reason }) => {
      if (member.state === 'serving') this.lose(member, task, reason);
    });
    task.onChange(() => {
      if (member.state === 'serving' && task.health === 'UNHEALTHY')
        this.lose(member, task, 'it failed its container health checks');
    });
    this.reconcile();
  }

  private async startFailed(revision: Revision, task: LocalTask, reason: string): Promise<void> {
    const { portTaken } = await task.stopped;
    if (portTaken && revision.portAttempts < PORT_ATTEMPTS) revision.portAttempts += 1;
    else revision.failures += 1;
    if (revision !== this.current) return;
    const { failureThreshold, desiredCount } = this.options;
    // Whoever starts a lab waits for it, and a first start fails for the same reason each time.
    const threshold = failureThreshold ?? (this.completed === undefined ? 1 : circuitBreakerThreshold(desiredCount));
    if (revision.failures >= threshold) this.failDeployment(revision, { reason, logs: task.folder });
    else this.reconcile();
  }

  private failDeployment(revision: Revision, why: Omit<DeploymentFailure, 'status' | 'rolledBack'>): void {
    if (revision !== this.current || this.stopping) return;
    const rolledBack = this.completed !== undefined;
    const failure: DeploymentFailure = { status: 'FAILED', rolledBack, ...why };
    this.host.onEvent({ kind: 'deployment-failed', service: this.name, reason: why.reason, rolledBack });
    if (revision === this.completed) {
      // The replacement of a lost task, or the way back: nothing better is left to try, and what serves goes on.
      this.settle(this.deployment?.failure ?? failure);
      return;
    }
    this.current = this.completed;
    if (this.deployment !== undefined) this.deployment.failure = failure;
    if (this.current !== undefined) this.reconcile();
    else void Promise.all([...this.members.keys()].map((id) => this.retire(id))).then(() => this.settle(failure));
  }

  private lose(member: Member, task: LocalTask, reason: string): void {
    if (this.stopping) return;
    this.lost.push({ task: task.id, reason });
    this.host.onEvent({ kind: 'task-lost', service: this.name, task: task.id, reason });
    // Without a balancer the replacement has to be found where its predecessor was.
    if (this.host.balancer === undefined) this.freedPorts = task.ports;
    void this.retire(member.id);
    if (this.host.balancer !== undefined) this.reconcile();
  }

  private async retire(id: string): Promise<void> {
    const member = this.members.get(id);
    if (member === undefined || member.state === 'leaving') return;
    member.state = 'leaving';
    const { deregistrationDelaySeconds = 30 } = this.options;
    await this.host.balancer?.deregister(id, deregistrationDelaySeconds);
    await member.task?.stop('it is no longer needed', 'ServiceSchedulerInitiated');
    this.members.delete(id);
    this.reconcile();
  }

  private tellWaiting(over: AbortSignal): void {
    const { clock, onEvent } = this.host;
    const tell = (seconds: number): void =>
      onEvent({ kind: 'waiting', service: this.name, seconds, detail: this.currentDetail() });
    void tellRegularly(clock, tell, over);
  }

  /** What a waiting person is told. */
  private currentDetail(): string {
    const starting = [...this.members.values()].find((member) => member.state === 'starting')?.task;
    if (starting !== undefined) return starting.lastLogLine() ?? 'no log yet';
    return this.stopping ? 'its tasks are being stopped' : 'tasks are being started or stopped';
  }
}
