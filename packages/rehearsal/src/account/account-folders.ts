import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { attributesOf } from '../protocol/attributes';
import type { AccountView } from './account-view';

/** What an account holds beyond its file: the file systems' content and the functions' code, in a folder beside it. */
export class AccountFolders {
  readonly root: string;

  constructor(accountFile: string) {
    this.root = accountFile.replace(/(\.json)?$/, '.files');
  }

  /** Where a file system's content lies, as seen through an access point (empty: through none). The folder exists. */
  efsFolder(account: AccountView, fileSystemId: string, accessPointId: string): string {
    const accessPoint = account.find('aws_efs_access_point', accessPointId);
    const path =
      accessPoint === undefined ? '/' : (attributesOf(accessPoint).block('root_directory')?.text('path') ?? '/');
    const folder = join(this.root, 'efs', fileSystemId, path);
    // EFS, too, makes the access point's folder when somebody comes in for the first time.
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** The archive of a function's code, by its SHA-256 in hexadecimal. */
  codeFile(sha256: string): string {
    return join(this.root, 'code', `${sha256}.zip`);
  }

  /** Where a function's code lies unpacked. */
  codeFolder(sha256: string): string {
    return join(this.root, 'code', sha256);
  }
}
