import type { Environment } from '@loadlab/foundation';

/** Values of the environment's own secrets, by their ARNs: on this machine they are what the shell says under their names. */
export function userSecrets(
  { proxy }: Environment,
  variables: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(proxy.secrets).flatMap(([name, arn]) => {
      const value = variables[name];
      return value === undefined ? [] : [[arn, value] as const];
    }),
  );
}
