import { randomUUID } from 'node:crypto';
import type { Environment } from '@loadlab/foundation';
import { awsAccess } from './aws-access';
import type { AwsSurroundings } from './aws-checks';
import { sdkAccount } from './sdk-account';
import { sdkStateStore } from './sdk-state-store';

/** The account that this process has credentials for. */
export function thisAccount(environment: Environment): AwsSurroundings {
  const { s3 } = environment.backend;
  return {
    account: sdkAccount(awsAccess(environment)),
    stateStore: s3 === undefined ? undefined : sdkStateStore(s3),
    fetch,
    variables: process.env,
    probe: `doctor-${randomUUID()}`,
  };
}
