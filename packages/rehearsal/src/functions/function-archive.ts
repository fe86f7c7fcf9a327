import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { unzipSync } from 'fflate';
import type { AccountFolders } from '../account/account-folders';
import { AwsError } from '../resources/aws-error';
import type { StoredCode } from '../resources/lambda/function-runner';

/** Keeps functions' archives beside the account, by their content, and unpacks them when they are first needed. */
export class FunctionArchives {
  constructor(
    private readonly folders: AccountFolders,
    /** Folders in which Terraform may be running, against which it resolves relative names. */
    private readonly workingFolders: () => readonly string[],
  ) {}

  /** See `FunctionRunner.storeCode`. */
  store(filename: string, sourceCodeHash: string): StoredCode {
    const bytes = this.find(filename, sourceCodeHash);
    const target = this.folders.codeFile(sha256Hex(bytes));
    if (!existsSync(target)) {
      mkdirSync(dirname(target), { recursive: true });
      writeWhole(target, bytes);
    }
    return { codeSha256: sha256Base64(bytes), codeSize: bytes.length };
  }

  /** The folder with the unpacked code. @throws {AwsError} when the archive is gone or is none */
  unpacked(codeSha256: string): string {
    const hex = Buffer.from(codeSha256, 'base64').toString('hex');
    const folder = this.folders.codeFolder(hex);
    if (existsSync(folder)) return folder;
    const file = this.folders.codeFile(hex);
    if (!existsSync(file))
      throw new AwsError('ResourceNotFoundException', `the code with hash ${codeSha256} is not in the account`, 404);
    const temporary = `${folder}.${process.pid}.tmp`;
    rmSync(temporary, { recursive: true, force: true });
    for (const [path, bytes] of Object.entries(unzip(readFileSync(file)))) {
      const target = resolve(temporary, path);
      if (!target.startsWith(temporary + sep))
        throw new AwsError('InvalidParameterValueException', `the archive reaches outside of itself: ${path}`);
      if (path.endsWith('/')) continue;
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, bytes);
    }
    mkdirSync(temporary, { recursive: true });
    moveUnlessThere(temporary, folder);
    return folder;
  }

  private find(filename: string, sourceCodeHash: string): Buffer {
    const candidates = isAbsolute(filename)
      ? [filename]
      : this.workingFolders().map((folder) => join(folder, filename));
    const found = candidates.filter((candidate) => existsSync(candidate)).map((candidate) => readFileSync(candidate));
    // Stacks that are deployed at the same time may have files of the same name; the hash tells them apart.
    const bytes = found.find((candidate) => sha256Base64(candidate) === sourceCodeHash) ?? found[0];
    if (bytes === undefined)
      throw new AwsError(
        'InvalidParameterValueException',
        `unable to load "${filename}": no such file in ${candidates.join(', ')}`,
      );
    return bytes;
  }
}

function unzip(archive: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(archive);
  } catch (error) {
    throw new AwsError(
      'InvalidParameterValueException',
      `Could not unzip uploaded file. Please check your file, then try to upload again. (${String(error)})`,
    );
  }
}

function writeWhole(target: string, bytes: Uint8Array): void {
  const temporary = `${target}.${process.pid}.tmp`;
  writeFileSync(temporary, bytes);
  renameSync(temporary, target);
}

/** Another process may have unpacked the same code meanwhile. */
function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
    rmSync(from, { recursive: true, force: true });
  }
}

function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function sha256Base64(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}
