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
export declare const containerReplySchema: z.ZodObject<
  {
    kind: z.ZodLiteral<'containers'>;
    id: z.ZodNumber;
    result: z.ZodOptional<z.ZodUnknown>;
    error: z.ZodOptional<z.ZodString>;
  },
  z.core.$strip
>;
/** See {@link containerReplySchema}. */
export type ContainerReply = z.output<typeof containerReplySchema>;
/** Containers that the parent process runs: they outlive a run of Terraform, and so does the parent. */
export declare class ParentContainers implements ContainerRuntime {
  private readonly send;
  private readonly waiting;
  private calls;
  constructor(send: (call: ContainerCall) => void);
  /** Hands in what the parent said. */
  receive({ id, result, error }: ContainerReply): void;
  deployService(service: ServiceDeployment): Promise<ServiceOutcome>;
  removeService(service: Pick<ServiceDeployment, 'cluster' | 'name'>): Promise<void>;
  runTask(task: OneOffTask): Promise<RuntimeTask>;
  tasks(cluster: string): Promise<readonly RuntimeTask[]>;
  logLines(logGroup: string, logStream: string, count: number): Promise<readonly string[] | undefined>;
  /** The parent runs the same code, so what it answers has the type that the method declares. */
  private call;
}
