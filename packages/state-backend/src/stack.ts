import type { Environment } from '@loadlab/foundation';
import { LabStack, publish } from '@loadlab/foundation/stack';
import type { Construct } from 'constructs';
import { stateBackendContract } from './contract';
import { StateBucket } from './state-bucket';

/** The S3 bucket that holds everybody's state, its own included: see `bootstrapState` for how it gets there. */
export class StateBackendStack extends LabStack {
  constructor(scope: Construct, environment: Environment) {
    const { s3 } = environment.backend;
    if (s3 === undefined)
      throw new Error(`${environment.name} keeps its states elsewhere: ask StateBackendStack.isWanted`);
    super(scope, 'state-backend', environment, { region: s3.region });
    const bucket = new StateBucket(this, 'states', { name: s3.bucket, kmsKeyId: s3.kmsKeyId });
    publish(this, stateBackendContract, { bucket: bucket.name });
  }

  /** False where the states are not in S3: other backends are made outside. */
  static isWanted({ backend }: Environment): boolean {
    return backend.s3 !== undefined;
  }
}
