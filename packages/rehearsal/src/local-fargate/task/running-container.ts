import { join } from 'node:path';
import { unknownHealth, type ContainerHealth } from '../health/container-health';
import type { ProcessEnd, SupervisedProgram } from '../supervisor/supervisor';
import { LogFile } from './log-file';
import type { PreparedContainer, PreparedTask } from './prepare-task';
import type { ContainerProgress } from './start-order';

/** A container of a running task: what it is, and how far it has come. */
export class RunningContainer {
  state: ContainerProgress['state'] = 'PENDING';
  health: ContainerHealth = unknownHealth;
  end: ProcessEnd | undefined;
  /** Ends the health checks. */
  readonly watch = new AbortController();
  readonly log: LogFile;

  constructor(
    readonly prepared: PreparedContainer,
    private readonly task: PreparedTask,
  ) {
    this.log = new LogFile(join(task.folder, `${this.name}.log`));
  }

  get name(): string {
    return this.prepared.definition.name;
  }

  get essential(): boolean {
    return this.prepared.definition.essential;
  }

  get progress(): ContainerProgress {
    const exitCode = this.end?.exitCode;
    return { state: this.state, health: this.health.status, ...(exitCode === undefined ? {} : { exitCode }) };
  }

  /** The container's first process, for the supervisor. */
  get program(): SupervisedProgram {
    const { program, args } = this.prepared.process;
    return this.supervised(this.name, program, args);
  }

  /** Its health check; undefined when it has none. */
  checkProgram(): SupervisedProgram | undefined {
    const [program, ...args] = this.prepared.process.healthCommand ?? [];
    return program === undefined ? undefined : this.supervised(`${this.name} health`, program, args);
  }

  /** Why it ended, with the most telling line of its log. */
  describeEnd(): string {
    const words = this.prepared.runtime.lastWords(this.log.tail());
    return words === undefined ? describeProcessEnd(this.end) : `${describeProcessEnd(this.end)}: ${words}`;
  }

  private supervised(id: string, program: string, args: readonly string[]): SupervisedProgram {
    const { process, marker } = this.prepared;
    return { id, marker, program, args, environment: process.environment, folder: join(this.task.folder, 'home') };
  }
}

/** `exit code 1`, `ended by SIGKILL`, or why it never started. */
export function describeProcessEnd(end: ProcessEnd | undefined): string {
  if (end?.failure !== undefined) return `did not start: ${end.failure}`;
  if (end?.signal !== undefined) return `ended by ${end.signal}`;
  return end?.exitCode === undefined ? 'ended' : `exit code ${end.exitCode}`;
}
