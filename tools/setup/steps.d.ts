/** One step of the set-up. */
export interface Step {
  /** Whether its outcome is in place, by its stamp. */
  done(): boolean;
  /** Makes it anew; its output goes to .loadlab/setup.log. Fails with what a person must mend. */
  run(): Promise<void>;
}

/** A Python environment from hashed requirements; paths relative to the workspace. */
export interface PythonEnvironment {
  readonly folder: string;
  readonly requirements: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
  readonly megabytes: number;
}

/** A Python environment, exactly as its hashed requirements say. */
export function makePythonEnvironment(root: string, environment: PythonEnvironment): Step;
