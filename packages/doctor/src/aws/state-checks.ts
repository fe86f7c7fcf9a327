import type { Environment } from '@loadlab/foundation';
import type { Finding } from '../check';
import type { StateStore } from './account';
import { reasonOf } from './refusal';

/** Whether the bucket of the states is there, where it should be, and keeps old versions. */
export async function stateBucket(store: Pick<StateStore, 'bucket'>, environment: Environment): Promise<Finding> {
  const { bucket: name = '', region = '' } = environment.backend.s3 ?? {};
  const bucket = await store.bucket();
  if (bucket === undefined) {
    return {
      state: 'missing',
      seen: `there is no bucket ${name}`,
      remedy: `npx loadlab state bootstrap --environment ${environment.name}`,
    };
  }
  if (bucket.region !== undefined && bucket.region !== region) {
    return {
      state: 'missing',
      seen: `${name} is in ${bucket.region}, not in ${region}`,
      remedy: `backend.s3.region: ${bucket.region} in environment.yaml`,
    };
  }
  if (!bucket.versioned) {
    return {
      state: 'warning',
      seen: `${name} keeps no old versions: a broken state would be the only one`,
      remedy: `aws s3api put-bucket-versioning --bucket ${name} --versioning-configuration Status=Enabled`,
    };
  }
  return { state: 'ok', seen: `${name}, versioned` };
}

/**
 * Whether a lock can be taken, holds, and can be given back, as Terraform does it: an object that is written only where there is
 * none. The probe has a name of its own beside the states.
 */
export async function stateLock(store: StateStore, environment: Environment, probe: string): Promise<Finding> {
  const key = `${environment.namespace}/${environment.name}/${probe}.tfstate.tflock`;
  try {
    await store.writeFirst(key);
  } catch (error) {
    if (isMissingBucket(error)) return { state: 'warning', seen: 'not looked at: there is no bucket' };
    if (reasonOf(error)?.kind !== 'rights') throw error;
    return {
      state: 'missing',
      seen: `the credentials may not write ${key}`,
      remedy: 's3:GetObject, s3:PutObject and s3:DeleteObject on the states and their .tflock',
    };
  }
  let holds: boolean;
  try {
    holds = !(await store.writeFirst(key));
  } finally {
    await store.remove(key);
  }
  return holds
    ? { state: 'ok', seen: 'taken, held and given back' }
    : {
        state: 'missing',
        seen: 'a second one was given while the first was held: this server ignores conditional writes',
        remedy: 'a server of S3 that honours If-None-Match, or another backend',
      };
}

/** States that are not in S3: what can be said without their own tools. */
export function otherBackend(
  { backend }: Pick<Environment, 'backend'>,
  variables: Readonly<Record<string, string | undefined>>,
): Finding {
  const [kind = ''] = Object.keys(backend);
  if (kind === 'pg' && (variables.PG_CONN_STR ?? '') === '') {
    return {
      state: 'missing',
      seen: 'PG_CONN_STR is not set',
      remedy: 'the connection of the states’ database: postgres://user@host/name',
    };
  }
  return { state: 'ok', seen: `${kind}: looked at by Terraform itself when it starts` };
}

function isMissingBucket(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoSuchBucket';
}
