import type { EnvironmentFile } from './schema/environment-schema';

/** How hard an environment is to lose, and how long it remembers. */
export interface Protections {
  /** Of databases and load balancers: a person has to lift it before a destroy. */
  readonly deletionProtection: boolean;
  /** Whether a database leaves a snapshot behind. */
  readonly finalSnapshot: boolean;
  readonly backupDays: number;
  readonly logDays: number;
  /** Days in which a deleted secret can be had back; 0 deletes at once, so that its name is free again. */
  readonly secretRecoveryDays: number;
}

const BY_PROFILE: Readonly<Record<EnvironmentFile['profile'], Protections>> = {
  // Made and destroyed many times a week; what it learns is in the records of its runs.
  benchmark: { deletionProtection: false, finalSnapshot: false, backupDays: 7, logDays: 30, secretRecoveryDays: 0 },
  production: { deletionProtection: true, finalSnapshot: true, backupDays: 14, logDays: 365, secretRecoveryDays: 30 },
};

/** What the environment's profile asks for. */
export function protectionsOf({ profile }: Pick<EnvironmentFile, 'profile'>): Protections {
  return BY_PROFILE[profile];
}
