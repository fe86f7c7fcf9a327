import type { Environment } from './environment';

/** Load balancers and target groups may have 32 characters; `-` and the longest word for one of ours take 10. */
export const LONGEST_PREFIX = 22;

/** What every name of an environment begins with: two environments fit into one account and region. */
export function namePrefix(environment: Pick<Environment, 'namespace' | 'name'>): string {
  return `${environment.namespace}-${environment.name}`;
}

/** The name of a thing in AWS: `loadlab-benchmark-internal`. At most 32 characters for a word of at most 9. */
export function physicalName(environment: Pick<Environment, 'namespace' | 'name'>, what: string): string {
  return `${namePrefix(environment)}-${what}`;
}
