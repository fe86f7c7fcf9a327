import { InputError } from '@loadlab/foundation';
import { join, relative } from 'node:path';
import { systemClock, type Clock } from './clock';
import type { TaskDefinition } from './definition/task-definition';
import type { EventListener } from './events';
import { openRunFolder, type RunFolder } from './run/run-folder';
import { liteLlmRuntime } from './runtime/litellm-runtime';
import { thisMachine, workersPerTask, type Machine } from './runtime/machine';
import { nodeRuntime } from './runtime/node-runtime';
import type { RuntimeKind } from './runtime/runtime';
import { LoadBalancer } from './service/load-balancer';
import type { Deployable, DeploymentFailure } from './service/deployment';
import { LocalService } from './service/local-service';
import type { ServiceOptions } from './service/service-options';
import { LocalTask } from './task/local-task';
import { prepareTask, type TaskSurroundings } from './task/prepare-task';

/** Far below a check's usual 30 s: a laptop's user waits for the first one that passes. */
const START_INTERVAL_SECONDS = 1;

/** Where and how containers are run on this machine. */
export interface LocalFargateOptions {
  /** The workspace: runs are kept below its `.loadlab/run`, LiteLLM is looked for in its `.venv`. */
  readonly root: string;
  /** @default - nobody listens */
  readonly onEvent?: EventListener;
  /** Stops everything when it aborts. @default - only `close` does */
  readonly signal?: AbortSignal;
  /** @default - this machine */
  readonly machine?: Machine;
  /** @default - the machine's */
  readonly clock?: Clock;
  /** What stands for which image. @default - LiteLLM from `.venv`, Node */
  readonly runtimes?: readonly RuntimeKind[];
  /** Whose variables are partly passed on. @default - process.env */
  readonly shell?: Readonly<Record<string, string | undefined>>;
}

/** A task to run: its definition and what stands for AWS around it. */
export interface RunTaskOptions {
  readonly taskDefinition: TaskDefinition;
  readonly surroundings?: Deployable['surroundings'];
  /** See {@link LocalFargate.startService}: services that the task reaches by name. @default - those started so far */
  readonly services?: ReadonlyMap<string, string>;
}

/** A service to start. */
export interface StartServiceOptions extends ServiceOptions, Deployable {
  /** Hosts, `host:port`s or origins under which other tasks know it; tasks started later find it there. @default - none */
  readonly knownAs?: readonly string[];
  /** A load balancer in front, needed for several tasks and for rolling deployments. @default - only for several tasks */
  readonly balancer?: boolean;
}

/** Runs ECS task definitions as processes of this machine. Whatever becomes of the process that opened it, nothing stays behind. */
export class LocalFargate {
  private readonly services: LocalService[] = [];
  private readonly tasks: LocalTask[] = [];
  private readonly names = new Map<string, string>();
  private taskCount = 0;
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly run: RunFolder,
    private readonly options: Required<Omit<LocalFargateOptions, 'signal'>> & Pick<LocalFargateOptions, 'signal'>,
  ) {}

  /** Makes the folder of this run, and clears up behind runs that were killed. */
  static async open(options: LocalFargateOptions): Promise<LocalFargate> {
    options.signal?.throwIfAborted();
    if (process.platform === 'win32')
      throw new InputError([
        {
          file: 'this machine',
          path: '',
          message: 'Windows cannot run the lab',
          hint: 'use its Linux subsystem (WSL)',
        },
      ]);
    const fargate = new LocalFargate(await openRunFolder(options.root), {
      onEvent: () => undefined,
      machine: thisMachine(),
      clock: systemClock,
      runtimes: [liteLlmRuntime(join(options.root, '.venv')), nodeRuntime],
      shell: process.env,
      ...options,
    });
    options.signal?.addEventListener('abort', () => void fargate.close());
    return fargate;
  }

  /** Where the logs of this run are. */
  get folder(): string {
    return this.run.path;
  }

  /**
   * Runs one task on its own, as RunTask does. Returns once its processes are being started; `stopped` tells its end.
   * @throws {InputError} with all reasons why the task cannot run here
   */
  async startTask(options: RunTaskOptions): Promise<LocalTask> {
    this.assertOpen();
    const task = await this.launch(options, options.taskDefinition.family, undefined, undefined);
    this.tasks.push(task);
    return task;
  }

  /**
   * Starts a service and waits until all its tasks serve. When they cannot, everything of it is stopped again.
   * @throws {InputError} with the reason, taken from the container's own log, and where that log is
   */
  async startService(options: StartServiceOptions): Promise<LocalService> {
    this.assertOpen();
    const { clock, onEvent, signal } = this.options;
    const balancer = (options.balancer ?? options.desiredCount > 1) ? await LoadBalancer.start(clock) : undefined;
    const maxWorkers = workersPerTask(this.options.machine, options.desiredCount);
    const service = new LocalService(options, {
      clock,
      onEvent,
      balancer,
      startTask: (deployable, ports) =>
        this.launch(
          { ...deployable, surroundings: { maxWorkers, ...deployable.surroundings } },
          options.name,
          START_INTERVAL_SECONDS,
          ports,
        ),
    });
    this.services.push(service);
    const outcome = await service.deploy(options);
    if (outcome.status === 'COMPLETED') {
      for (const name of options.knownAs ?? []) this.names.set(name, service.url);
      return service;
    }
    await service.stop();
    if (outcome.status === 'STOPPED') {
      signal?.throwIfAborted();
      throw new Error(`${options.name} was stopped while it was starting`);
    }
    throw outcome.problems ?? startError(options.name, outcome);
  }

  /** Stops all services and tasks, the last started first. Safe to call twice. */
  close(): Promise<void> {
    this.closing ??= this.stopEverything();
    return this.closing;
  }

  private assertOpen(): void {
    this.options.signal?.throwIfAborted();
    if (this.closing !== undefined) throw new Error('the lab is closed');
  }

  private async stopEverything(): Promise<void> {
    for (const service of [...this.services].reverse()) await service.stop();
    await Promise.all(this.tasks.map((task) => task.stop('the lab ends')));
    this.run.release();
  }

  private async launch(
    { taskDefinition, surroundings, services }: RunTaskOptions,
    name: string,
    startIntervalSeconds: number | undefined,
    wantedPorts: ReadonlyMap<number, number> | undefined,
  ): Promise<LocalTask> {
    this.taskCount += 1;
    const id = `${name}-${this.taskCount}`;
    const { clock, onEvent, runtimes, shell } = this.options;
    const around: TaskSurroundings = { ...surroundings, services: services ?? this.names, runtimes, shell };
    const place = { folder: join(this.run.path, id), marker: `${this.run.id}/${id}` };
    const prepared = await prepareTask(taskDefinition, around, place, wantedPorts);
    return LocalTask.start(id, prepared, {
      clock,
      onEvent,
      ...(startIntervalSeconds === undefined ? {} : { startIntervalSeconds }),
    });
  }
}

function startError(service: string, { reason, logs }: DeploymentFailure): InputError {
  const hint = logs === undefined ? {} : { hint: `the whole log: ${relative(process.cwd(), logs)}` };
  return new InputError([{ file: service, path: '', message: reason, ...hint }]);
}
