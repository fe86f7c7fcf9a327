import type { CommandModule, Options } from 'yargs';

/** A command with its flags as data, so that help, completion and did-you-mean all read the same list. */
export interface Command extends CommandModule {
  readonly command: string;
  readonly builder: Record<string, Options>;
}

/** A command whose handler gets the flags that its builder declares; yargs checks them before it is called. */
export function defineCommand<Flags>(command: {
  readonly command: string;
  readonly describe: string;
  readonly builder: Record<string, Options>;
  /** Command lines and what they do, for the help page. */
  readonly examples?: readonly (readonly [string, string])[];
  readonly handler: (flags: Flags) => void | Promise<void>;
}): Command & { readonly examples: readonly (readonly [string, string])[] } {
  const { handler, examples = [], ...rest } = command;
  // The one place where yargs' loose record of flags becomes the command's own type.
  return { ...rest, examples, handler: (flags) => handler(flags as Flags) };
}
