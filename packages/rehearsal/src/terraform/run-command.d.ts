/** How a command ended, and what it printed. */
export interface CommandResult {
  /** Its exit code; 128 plus the signal's number when a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}
/** Settings of a command. */
export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Gives it the terminal; then nothing is collected. @default - false */
  readonly show?: boolean;
  /** Is told of its process. @default - nobody */
  readonly track?: {
    started(pid: number): void;
    ended(pid: number): void;
  };
  /** Ends it: gently at first (SIGINT), as from the keyboard. @default - never */
  readonly signal?: AbortSignal;
}
/** Runs a command to its end. @throws {InputError} when there is no such command */
export declare function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env, show, track, signal }: CommandOptions,
): Promise<CommandResult>;
