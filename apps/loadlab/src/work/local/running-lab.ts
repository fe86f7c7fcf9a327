import type { LocalService } from '@loadlab/rehearsal/local-fargate';

/** The lab as it runs on this machine. */
export interface RunningLab {
  readonly gateway: LocalService;
  readonly mock: LocalService;
  /** An admin's key for the gateway; made anew for each run. */
  readonly masterKey: string;
}
