import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseWithSchema, readDocument } from '@loadlab/foundation';
import { accountSchema, formatAccount, type AccountDocument } from './account-document';
import { AccountFolders } from './account-folders';
import { AccountDraft, AccountView } from './account-view';
import { withFileLock } from './file-lock';

/** AWS's own example account; nothing here ever reaches a real one. */
export const EXAMPLE_ACCOUNT_ID = '123456789012';

/**
 * The pretend account: one JSON file, readable and editable by hand. Several processes may use it at once: every change
 * reads, edits and writes the whole file under a lock, and a reader sees it before or after, never in between.
 */
export class Account {
  /** What the account holds beyond its file. */
  readonly folders: AccountFolders;
  private known: { version: string; document: AccountDocument } | undefined;

  constructor(
    readonly file: string,
    /** Of an account that does not exist yet; an existing one has its own. */
    private readonly accountId: string = EXAMPLE_ACCOUNT_ID,
  ) {
    this.folders = new AccountFolders(file);
  }

  /** The account as it is now. @throws {InputError} when the file is no account (it may have been edited) */
  read(): AccountView {
    const { accountId, resources } = this.document();
    return new AccountView(accountId, resources);
  }

  /**
   * Changes the account. `edit` works on a draft and must not wait; when it throws, nothing was changed.
   * @throws {Error} whatever `edit` throws, or as `read`
   */
  async change<T>(edit: (draft: AccountDraft) => T): Promise<T> {
    mkdirSync(dirname(this.file), { recursive: true });
    return withFileLock(`${this.file}.lock`, () => {
      const draft = new AccountDraft(this.document());
      const result = edit(draft);
      this.write(draft.document());
      return result;
    });
  }

  private document(): AccountDocument {
    const version = versionOf(this.file);
    if (version === undefined) return empty(this.accountId);
    if (this.known?.version === version) return this.known.document;
    const document = parseAccount(this.file);
    this.known = { version, document };
    return document;
  }

  private write(document: AccountDocument): void {
    const temporary = `${this.file}.${process.pid}.tmp`;
    writeFileSync(temporary, formatAccount(document));
    renameSync(temporary, this.file);
    this.known = { version: versionOf(this.file) ?? '', document };
  }
}

function empty(accountId: string): AccountDocument {
  return { schema: 'loadlab.account/v1', accountId, counters: {}, resources: [] };
}

function parseAccount(file: string): AccountDocument {
  const parsed = accountSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  // The slow reader knows lines and says all problems at once.
  return parsed.success ? parsed.data : parseWithSchema(readDocument(file), accountSchema);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Changes with every write, by whomever: a new file has a new inode, an edited one a new time. */
function versionOf(file: string): string | undefined {
  const status = statSync(file, { bigint: true, throwIfNoEntry: false });
  return status === undefined ? undefined : `${status.ino} ${status.size} ${status.mtimeNs}`;
}
