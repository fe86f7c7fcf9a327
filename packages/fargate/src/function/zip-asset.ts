import { createHash } from 'node:crypto';
import { workspaceRoot } from '@loadlab/foundation';
import { AssetType, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import { sha256 } from '../published-files/content-address';
import { BuildCache } from './build-cache';
import { deterministicZip, type ZipEntries } from './deterministic-zip';

/** Lambda takes no larger archive than this without a bucket. */
const MAX_BYTES = 50 * 1024 * 1024;

/** An archive, `publisher.zip` say, that lies beside the synthesized stack. */
export class ZipAsset extends Construct {
  /** Path relative to the stack's folder, where Terraform runs. */
  readonly path: string;
  /** SHA-256 in base64: what Terraform calls `source_code_hash`. */
  readonly sha256Base64: string;

  constructor(scope: Construct, id: string, fileName: string, entries: ZipEntries) {
    super(scope, id);
    const cache = new BuildCache(workspaceRoot());
    const key = cache.key(['zip', [...entries].map(([path, bytes]) => [path, sha256(bytes)])]);
    let archive: Uint8Array | undefined = cache.read(key, fileName);
    if (archive === undefined) {
      archive = deterministicZip(entries);
      cache.write(key, fileName, archive);
    }
    if (archive.length > MAX_BYTES) {
      throw new Error(`${fileName} has ${archive.length} bytes; AWS Lambda takes at most ${MAX_BYTES}`);
    }
    this.sha256Base64 = createHash('sha256').update(archive).digest('base64');
    const file = new TerraformAsset(this, 'Resource', {
      path: cache.path(key, fileName),
      type: AssetType.FILE,
      assetHash: sha256(archive).slice(0, 32),
    });
    this.path = file.path;
  }
}
