import { z } from 'zod';
import type {
  ContainerRuntime,
  OneOffTask,
  RuntimeTask,
  ServiceDeployment,
  ServiceOutcome,
} from '../resources/ecs/container-runtime';

/** A call of the provider's to the process that started it: one of `ContainerRuntime`'s. */
export interface ContainerCall {
  readonly kind: 'containers';
  readonly id: number;
  readonly method: keyof ContainerRuntime;
  readonly args: readonly unknown[];
}

/** The parent's answer. */
export const containerReplySchema = z.object({
  kind: z.literal('containers'),
  id: z.number(),
  result: z.unknown().optional(),
  error: z.string().optional(),
});
/** See {@link containerReplySchema}. */
export type ContainerReply = z.output<typeof containerReplySchema>;

/** Containers that the parent process runs: they outlive a run of Terraform, and so does the parent. */
export class ParentContainers implements ContainerRuntime {
  private readonly waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  private calls = 0;

  constructor(private readonly send: (call: ContainerCall) => void) {}

  /** Hands in what the parent said. */
  receive({ id, result, error }: ContainerReply): void {
    const call = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(error));
  }

  deployService(service: ServiceDeployment): Promise<ServiceOutcome> {
    return this.call('deployService', [service]);
  }

  removeService(service: Pick<ServiceDeployment, 'cluster' | 'name'>): Promise<void> {
    return this.call('removeService', [service]);
  }

  runTask(task: OneOffTask): Promise<RuntimeTask> {
    return this.call('runTask', [task]);
  }

  tasks(cluster: string): Promise<readonly RuntimeTask[]> {
    return this.call('tasks', [cluster]);
  }

  logLines(logGroup: string, logStream: string, count: number): Promise<readonly string[] | undefined> {
    return this.call('logLines', [logGroup, logStream, count]);
  }

  /** The parent runs the same code, so what it answers has the type that the method declares. */
  private call<T>(method: keyof ContainerRuntime, args: readonly unknown[]): Promise<T> {
    const id = this.calls++;
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { resolve: (result) => resolve(result as T), reject });
      this.send({ kind: 'containers', id, method, args });
    });
  }
}
