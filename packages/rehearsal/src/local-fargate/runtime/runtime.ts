import type { Problem } from '@loadlab/foundation';
import type { ContainerImage } from '../definition/container-image';
import type { ProcessDraft, Rewritten } from '../rewriting/process-draft';

/** What a runtime may know about the process that it will run. */
export interface RuntimeContext {
  /** Ports of the container and what they became here. */
  readonly ports: ReadonlyMap<number, number>;
  /** Worker processes that this machine carries for one task; no limit when undefined. */
  readonly maxWorkers: number | undefined;
}

/** A program of this machine that stands in for a container image. */
export interface Runtime {
  /** For logs: `LiteLLM 1.108.7 from .venv`. */
  readonly description: string;
  /** How it differs from the image, `LiteLLM 1.108.6 here, the image is 1.108.7`; absent when it does not. */
  readonly difference?: string;
  /** Searched first for programs, by the container and by its health check alike. */
  readonly binFolders: readonly string[];
  /** Variables that the image sets or that a laptop needs; the container definition's own win. */
  readonly environment: readonly { readonly name: string; readonly value: string; readonly why: string }[];
  /** The command as the image's entry point would run it; a problem when there is no such thing here. */
  start(command: readonly string[]): readonly string[] | { readonly problem: string };
  /** Changes that only this program needs. */
  adapt(draft: ProcessDraft, context: RuntimeContext): Rewritten;
  /** Worker processes that will share the container's port. */
  workers(args: readonly string[], environment: Readonly<Record<string, string>>): number;
  /** True for a line of the log that says nothing about how things are going. */
  isNoise(line: string): boolean;
  /** Why the start has failed, as soon as the log shows that it will never succeed; undefined until then. */
  failedStart(log: string): string | undefined;
  /** The most telling lines of the log of a container that has ended; undefined when the log is empty. */
  lastWords(log: string): string | undefined;
}

/** Why nothing can stand in for an image. */
export type MissingRuntime = Pick<Problem, 'message' | 'hint'>;

/** A kind of runtime: which images it stands for, and how it is found on this machine. */
export interface RuntimeKind {
  /** `LiteLLM` */
  readonly name: string;
  /** An image it stands for, to show in messages. */
  readonly example: string;
  stands(image: ContainerImage): boolean;
  /** What is missing and the command that installs it, when it is not installed. */
  find(image: ContainerImage): Runtime | MissingRuntime;
}
