/** Why a task stopped, in ECS's words. */
export type StopCode = 'TaskFailedToStart' | 'EssentialContainerExited' | 'UserInitiated' | 'ServiceSchedulerInitiated';

/** The end of a task. */
export interface TaskStop {
  readonly code: StopCode;
  /** For people, with the container's own last words. */
  readonly reason: string;
  /** A port of this machine was taken by somebody else before the container could have it: try again with others. */
  readonly portTaken: boolean;
  readonly containers: readonly { readonly name: string; readonly exitCode?: number; readonly signal?: string }[];
}
