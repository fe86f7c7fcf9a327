import type { EnvironmentFile } from '../environment-schema';

/** Something wrong, at a path of environment.yaml. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint: string;
  readonly severity?: 'error' | 'warning';
}

/** One question asked of an environment; the answer lists what is wrong. */
export type Rule = (environment: EnvironmentFile, name: string) => readonly Finding[];

/** Every rule, in the order of the file's sections. */
export const rules: readonly Rule[] = [];
