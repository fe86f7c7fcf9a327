export { Account } from './account/account';
export type { AccountResource } from './account/account-document';
export { parseFaults, type Fault } from './faults/fault';
export { startPostgresServer, type PostgresServer } from './state-servers/postgres-server';
export { startS3Server, type S3Server } from './state-servers/s3-server';
export { postgresEnvironment, s3Environment } from './terraform/state-environment';
export { withOfflineAws, type OfflineAws, type OfflineAwsSettings } from './terraform/with-offline-aws';
