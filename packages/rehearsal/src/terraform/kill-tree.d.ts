/** Kills a process and all that it started, directly and indirectly: cdktf starts Terraform through a shell. */
export declare function killTree(pid: number, signal: NodeJS.Signals): void;
