import { join, relative, resolve, sep } from 'node:path';
import type { Environment } from '../environment/environment';

/** Attributes of a Terraform `backend` block, or of a `terraform_remote_state`, in Terraform's own spelling. */
type StateAttributes = Readonly<Record<string, unknown>>;

/** Where one stack's state lies, for the stack itself and for those who read it. */
export interface StateLocation {
  /** Terraform's name of the backend: `s3`. */
  readonly backend: string;
  /** For the stack that owns the state: with locking and encryption. */
  readonly own: StateAttributes;
  /** For the stacks that read its outputs. */
  readonly reader: StateAttributes;
}

/**
 * Where the state of a stack lies: `<namespace>/<environment>/<stack>`, in each backend's own way.
 * Pure: credentials, and the connection of `pg` (`PG_CONN_STR`), reach Terraform through its environment.
 * `workingDirectory` is where Terraform will run: `local` paths are written relative to it, so that no path of this
 * machine gets into a synthesized file.
 */
export function stateLocation(environment: Environment, stack: string, workingDirectory: string): StateLocation {
  const { backend, namespace, name, directory } = environment;
  const path = `${namespace}/${name}/${stack}`;

  if (backend.s3 !== undefined) {
    const { bucket, region, kmsKeyId, roleArn, endpoint, usePathStyle } = backend.s3;
    const reader = {
      bucket,
      region,
      key: `${path}.tfstate`,
      ...(roleArn === undefined ? {} : { assume_role: { role_arn: roleArn } }),
      ...(endpoint === undefined ? {} : s3CompatibleServer(endpoint)),
      ...(usePathStyle === undefined ? {} : { use_path_style: usePathStyle }),
    };
    const own = {
      ...reader,
      encrypt: true,
      use_lockfile: true,
      ...(kmsKeyId === undefined ? {} : { kms_key_id: kmsKeyId }),
    };
    return { backend: 's3', own, reader };
  }
  if (backend.pg !== undefined) {
    return same('pg', { schema_name: path.replace(/[-/]/g, '_') });
  }
  if (backend.gcs !== undefined) {
    const { bucket, kmsEncryptionKey } = backend.gcs;
    const key = kmsEncryptionKey === undefined ? {} : { kms_encryption_key: kmsEncryptionKey };
    return same('gcs', { bucket, prefix: path, ...key });
  }
  if (backend.azurerm !== undefined) {
    const { resourceGroupName, storageAccountName, containerName } = backend.azurerm;
    return same('azurerm', {
      resource_group_name: resourceGroupName,
      storage_account_name: storageAccountName,
      container_name: containerName,
      key: `${path}.tfstate`,
    });
  }
  if (backend.http !== undefined) {
    const address = `${backend.http.address.replace(/\/+$/, '')}/${path}`;
    const lock = `${address}/lock`;
    return { backend: 'http', own: { address, lock_address: lock, unlock_address: lock }, reader: { address } };
  }
  if (backend.local !== undefined) {
    const file = join(resolve(directory, backend.local.directory), namespace, name, `${stack}.tfstate`);
    return same('local', { path: relative(workingDirectory, file).split(sep).join('/') });
  }
  throw new Error(`${environment.file}: no backend, although its schema asks for exactly one`);
}

function same(backend: string, attributes: StateAttributes): StateLocation {
  return { backend, own: attributes, reader: attributes };
}

/** A server that speaks S3 but is not AWS knows no accounts, no metadata service and no regions. */
function s3CompatibleServer(endpoint: string): StateAttributes {
  return {
    endpoints: { s3: endpoint },
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    skip_region_validation: true,
    skip_requesting_account_id: true,
  };
}
