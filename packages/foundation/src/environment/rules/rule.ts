import type { EnvironmentFile } from '../schema/environment-schema';

type Path = readonly (string | number)[];

/** Something wrong, at a path of environment.yaml. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly hint: string;
  /** @default - 'error' */
  readonly severity?: 'error' | 'warning';
  /** Other places that the finding rests on: where one of them is refused already, it says nothing. */
  readonly because?: readonly Path[];
}

/** One question asked of an environment and its name; the answer lists what is wrong. */
export type Rule = (environment: EnvironmentFile, name: string) => readonly Finding[];

/** The network that we make; undefined beside an existing one. */
export function managedNetwork({ network }: EnvironmentFile) {
  return 'existing' in network ? undefined : network;
}

/** The database that we make; undefined beside an existing one, or none. */
export function managedDatabase({ database }: EnvironmentFile) {
  return database === 'none' || 'existing' in database ? undefined : database;
}
