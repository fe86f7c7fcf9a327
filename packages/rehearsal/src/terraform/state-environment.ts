import { hostname, userInfo } from 'node:os';
import type { PostgresServer } from '../state-servers/postgres-server';
import type { S3Server } from '../state-servers/s3-server';

/**
 * Variables with which Terraform's `s3` backend, and its reader of other states, use S3 on this machine though the
 * stacks name a bucket of AWS. A bucket is a host there (`bucket.s3.amazonaws.com`), so plain HTTP goes through the
 * server as a proxy: no setting of any stack has to change.
 */
export function s3Environment({ endpoint }: Pick<S3Server, 'endpoint'>): NodeJS.ProcessEnv {
  return {
    AWS_ENDPOINT_URL_S3: 'http://s3.amazonaws.com',
    // Go leaves this machine's own addresses out of proxying.
    HTTP_PROXY: endpoint,
    http_proxy: undefined,
    NO_PROXY: undefined,
    no_proxy: undefined,
    // The backend asks who it is before it begins.
    AWS_ENDPOINT_URL_STS: endpoint,
    AWS_ENDPOINT_URL_IAM: endpoint,
  };
}

/** Variables with which Terraform's `pg` backend uses PostgreSQL on this machine. */
export function postgresEnvironment({ connection }: Pick<PostgresServer, 'connection'>): NodeJS.ProcessEnv {
  // By this name `lockHolders` tells whose connection it is.
  return { PG_CONN_STR: connection, PGAPPNAME: process.env.PGAPPNAME ?? `${userInfo().username}@${hostname()}` };
}
