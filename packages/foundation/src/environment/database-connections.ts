import { rdsInstanceClass, rdsMaxConnections } from '../aws/rds-instance';
import type { EnvironmentFile } from './schema/environment-schema';

/**
 * Connections that the environment's database allows: known at synth, unlike the contract's token of the same number.
 * 0 without a database.
 */
export function databaseConnections({ database }: Pick<EnvironmentFile, 'database'>): number {
  if (database === 'none') return 0;
  if ('existing' in database) return database.existing.maxConnections;
  return rdsMaxConnections(rdsInstanceClass(database.instanceClass)?.memoryBytes ?? 0);
}
