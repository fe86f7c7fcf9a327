export { Account } from './account/account';
export type { AccountResource } from './account/account-document';
export { drawAccount } from './account/account-picture';
export { SecretValues } from './account/secret-values';
export { LocalContainers } from './containers/local-containers';
export { parseFaults, type Fault } from './faults/fault';
export type { ContainerRuntime } from './resources/ecs/container-runtime';
export { plantSecrets } from './resources/secretsmanager/plant-secrets';
export { readSecret } from './resources/secretsmanager/read-secret';
export { startPostgresServer, type LockHolder, type PostgresServer } from './state-servers/postgres-server';
export { startS3Server, type S3Server } from './state-servers/s3-server';
export type { CommandResult } from './terraform/run-command';
export { postgresEnvironment, s3Environment } from './terraform/state-environment';
export {
  withOfflineAws,
  type OfflineAws,
  type OfflineAwsSettings,
  type RunSettings,
} from './terraform/with-offline-aws';
