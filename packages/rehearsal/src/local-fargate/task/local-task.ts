import { join } from 'node:path';
import type { Clock } from '../clock';
import type { EventListener } from '../events';
import { taskHealth, type HealthStatus } from '../health/container-health';
import { monitorHealth, type CheckResult } from '../health/health-monitor';
import type { Rewriting } from '../rewriting/rewriting';
import { releasePort } from '../run/free-port';
import { removeWorkFiles } from '../run/run-folder';
import { Supervisor } from '../supervisor/supervisor';
import type { PreparedTask } from './prepare-task';
import { describeProcessEnd, RunningContainer } from './running-container';
import { mayStart, stopOrder, type ContainerProgress } from './start-order';
import type { StopCode, TaskStop } from './task-stop';

/** ECS's own default. */
const STOP_TIMEOUT_SECONDS = 30;
/** For a container whose start has failed: nothing of it is worth a long goodbye. */
const FAILED_STOP_SECONDS = 1;
const LOG_WATCH_SECONDS = 0.2;
/** After that, a start is either over or a matter for the health checks. */
const LOG_WATCH_LIMIT_SECONDS = 300;

/** How a task is run. */
export interface LocalTaskOptions {
  readonly clock: Clock;
  readonly onEvent: EventListener;
  /** See {@link monitorHealth}. @default - as ECS: the check's interval */
  readonly startIntervalSeconds?: number;
}

/** A task of ECS as processes of this machine. It drives itself; `stopped` tells its end. */
export class LocalTask {
  /** Resolves when every container has started or the task has stopped. */
  readonly settled: Promise<void>;
  /** Resolves when all its processes are gone; never rejects. */
  readonly stopped: Promise<TaskStop>;
  private status: 'PENDING' | 'RUNNING' | 'STOPPING' | 'STOPPED' = 'PENDING';
  private readonly containers: readonly RunningContainer[];
  private readonly listeners = new Set<() => void>();
  private stopping: Promise<void> | undefined;
  private portTaken = false;
  private started = false;
  private stopSeconds: number | undefined;
  private settle!: () => void;
  private finish!: (stop: TaskStop) => void;

  private constructor(
    /** Name of the task and of its folder. */
    readonly id: string,
    private readonly prepared: PreparedTask,
    private readonly supervisor: Supervisor,
    private readonly options: LocalTaskOptions,
  ) {
    this.containers = prepared.containers.map((container) => new RunningContainer(container, prepared));
    this.settled = new Promise((resolve) => (this.settle = resolve));
    this.stopped = new Promise((resolve) => (this.finish = resolve));
  }

  /** Starts the containers of a prepared task, each when its dependencies allow it. */
  static async start(id: string, prepared: PreparedTask, options: LocalTaskOptions): Promise<LocalTask> {
    const log = join(prepared.folder, 'supervisor.log');
    const task = new LocalTask(id, prepared, await Supervisor.start({ marker: prepared.marker, log }), options);
    for (const rewriting of prepared.rewritings) options.onEvent({ kind: 'rewritten', task: id, rewriting });
    task.advance();
    return task;
  }

  get lastStatus(): 'PENDING' | 'RUNNING' | 'STOPPING' | 'STOPPED' {
    return this.status;
  }

  /** True while all its containers have been started and none that matters has ended. */
  isRunning(): boolean {
    return this.status === 'RUNNING';
  }

  /** The health that ECS would report: that of the essential containers. */
  get health(): HealthStatus {
    return taskHealth(this.containers.filter((one) => one.essential).map((one) => one.health.status));
  }

  /** True when a container that matters is checked at all; otherwise its health stays UNKNOWN for ever. */
  get isChecked(): boolean {
    return this.containers.some((one) => one.essential && one.checkProgram() !== undefined);
  }

  /** Every difference between these processes and the containers on Fargate. */
  get rewritings(): readonly Rewriting[] {
    return this.prepared.rewritings;
  }

  /** Ports of this machine by container port. */
  get ports(): ReadonlyMap<number, number> {
    return this.prepared.ports;
  }

  /** Where a container port is reached on this machine. */
  url(containerPort: number): string {
    const port = this.ports.get(containerPort);
    if (port === undefined) throw new RangeError(`no container of ${this.id} maps port ${containerPort}`);
    return `http://127.0.0.1:${port}`;
  }

  /** Worker processes that share a container port. */
  workersBehind(containerPort: number): number {
    const owner = this.prepared.containers.find(({ definition }) =>
      definition.portMappings.some((mapping) => mapping.containerPort === containerPort),
    );
    return owner === undefined ? 0 : owner.runtime.workers(owner.process.args, owner.process.environment);
  }

  /** The folder with its logs. */
  get folder(): string {
    return this.prepared.folder;
  }

  /** Path of a container's log. */
  logFile(container: string): string {
    return this.container(container).log.path;
  }

  /** The last line of the task's logs, for a progress line. */
  lastLogLine(): string | undefined {
    return this.containers
      .flatMap(({ log, prepared }) => log.lastLine((line) => prepared.runtime.isNoise(line)) ?? [])
      .at(-1);
  }

  /** Calls back whenever the status or the health of something in it has changed. Returns a function that ends this. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** To be told that it answers requests: its logs are then no longer watched for a failed start. */
  markStarted(): void {
    this.started = true;
  }

  /**
   * Stops the containers in reverse order of their dependencies: SIGTERM, and SIGKILL after each one's `stopTimeout`, or after
   * `atMostSeconds` where nobody waits for what they are doing.
   */
  async stop(reason: string, code: StopCode = 'UserInitiated', atMostSeconds?: number): Promise<TaskStop> {
    this.stopSeconds ??= atMostSeconds;
    this.beginStop(code, reason);
    return this.stopped;
  }

  private container(name: string): RunningContainer {
    const found = this.containers.find((container) => container.name === name);
    if (found === undefined) throw new RangeError(`${this.id} has no container "${name}"`);
    return found;
  }

  private advance(): void {
    if (this.status !== 'PENDING') return;
    const progress = new Map<string, ContainerProgress>(this.containers.map((one) => [one.name, one.progress]));
    for (const container of this.containers.filter((one) => one.state === 'PENDING')) {
      const verdict = mayStart(container.prepared.definition, progress);
      if (verdict === 'start') this.startContainer(container);
      else if (verdict !== 'wait') {
        this.beginStop('TaskFailedToStart', `"${container.name}" cannot start: ${verdict.never}`);
        return;
      }
    }
    if (this.containers.every((one) => one.state !== 'PENDING')) {
      this.status = 'RUNNING';
      this.settle();
    }
    this.changed();
  }

  private startContainer(container: RunningContainer): void {
    container.state = 'RUNNING';
    const { pid, ended } = this.supervisor.start(container.program, container.log.path);
    void pid.then((id) => {
      if (id !== undefined)
        this.options.onEvent({ kind: 'container-started', task: this.id, container: container.name, pid: id });
    });
    void ended.then((end) => this.containerEnded(container, end));
    void this.watchHealth(container);
    void this.watchLog(container);
  }

  private containerEnded(container: RunningContainer, end: NonNullable<RunningContainer['end']>): void {
    container.state = 'STOPPED';
    container.end = end;
    container.watch.abort();
    const how = this.status === 'STOPPING' ? describeProcessEnd(end) : container.describeEnd();
    this.options.onEvent({ kind: 'container-stopped', task: this.id, container: container.name, how });
    if (this.stopping === undefined && /EADDRINUSE|address already in use/i.test(container.log.tail()))
      this.portTaken = true;
    if (!container.essential && end.failure === undefined) this.advance();
    else if (end.failure !== undefined) this.beginStop('TaskFailedToStart', `"${container.name}" ${how}`);
    else this.beginStop('EssentialContainerExited', `Essential container in task exited: "${container.name}" ${how}`);
    this.changed();
  }

  private async watchHealth(container: RunningContainer): Promise<void> {
    const check = container.prepared.definition.healthCheck;
    const program = container.checkProgram();
    if (check === undefined || program === undefined) return;
    let run = 0;
    await monitorHealth({
      check,
      clock: this.options.clock,
      signal: container.watch.signal,
      ...(this.options.startIntervalSeconds === undefined
        ? {}
        : { startIntervalSeconds: this.options.startIntervalSeconds }),
      runCheck: async (signal): Promise<CheckResult> => {
        run += 1;
        const end = await this.supervisor.check({ ...program, id: `${program.id} ${run}` }, signal);
        const output = end.output?.trim().split('\n').at(-1) ?? '';
        return { passed: end.exitCode === 0, detail: [describeProcessEnd(end), output].filter(Boolean).join(': ') };
      },
      onCheck: (health, result) => {
        const turned = health.status !== container.health.status;
        container.health = health;
        if (!turned) return;
        const { status } = health;
        const { detail } = result;
        this.options.onEvent({ kind: 'container-health', task: this.id, container: container.name, status, detail });
        this.advance();
        this.changed();
      },
    });
  }

  /** Ends the task as soon as a container's log says that its start will never succeed. */
  private async watchLog(container: RunningContainer): Promise<void> {
    const { clock } = this.options;
    const { signal } = container.watch;
    const limit = clock.now() + LOG_WATCH_LIMIT_SECONDS;
    while (!this.started && clock.now() < limit) {
      await clock.sleep(LOG_WATCH_SECONDS, signal);
      if (signal.aborted) return;
      const reason = container.prepared.runtime.failedStart(container.log.tail());
      if (reason === undefined) continue;
      this.stopSeconds ??= FAILED_STOP_SECONDS;
      this.beginStop('TaskFailedToStart', `"${container.name}" cannot start: ${reason}`);
      return;
    }
  }

  private beginStop(code: StopCode, reason: string): void {
    this.stopping ??= this.runStop(code, reason);
  }

  private async runStop(code: StopCode, reason: string): Promise<void> {
    if (this.status !== 'RUNNING') this.settle();
    this.status = 'STOPPING';
    this.changed();
    for (const wave of stopOrder(this.containers.map((one) => one.prepared.definition)))
      await Promise.all(wave.map((name) => this.stopContainer(this.container(name))));
    await this.supervisor.close();
    for (const port of this.ports.values()) releasePort(port);
    removeWorkFiles(this.prepared.folder);
    this.status = 'STOPPED';
    this.options.onEvent({ kind: 'task-stopped', task: this.id, reason });
    this.finish({
      code,
      reason,
      portTaken: this.portTaken,
      containers: this.containers.map(({ name, end }) => ({
        name,
        ...(end?.exitCode === undefined ? {} : { exitCode: end.exitCode }),
        ...(end?.signal === undefined ? {} : { signal: end.signal }),
      })),
    });
    this.changed();
  }

  private async stopContainer(container: RunningContainer): Promise<void> {
    container.watch.abort();
    if (container.state !== 'RUNNING') return;
    const { clock } = this.options;
    const ended = new AbortController();
    const release = this.onChange(() => {
      if (container.end !== undefined) ended.abort();
    });
    this.supervisor.signal(container.name, 'SIGTERM');
    const timeout = container.prepared.definition.stopTimeout ?? STOP_TIMEOUT_SECONDS;
    await clock.sleep(Math.min(timeout, this.stopSeconds ?? Infinity), ended.signal);
    while (container.end === undefined) {
      this.supervisor.kill(container.name);
      await clock.sleep(1, ended.signal);
    }
    release();
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
