import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
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
  /** Changes that wait for the next writing. */
  private readonly pending: PendingChange[] = [];
  private writing: Promise<void> | undefined;

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
   * Changes the account. `edit` works on a draft and must not wait; when it throws, nothing was changed. Changes that come at
   * the same time, as those of ten applies do, are written together; each one resolves when it is in the file.
   * @throws {Error} whatever `edit` throws, or as `read`
   */
  async change<T>(edit: (draft: AccountDraft) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.pending.push({
        make: (draft) => {
          const result = edit(draft);
          return () => resolve(result);
        },
        fail: reject,
      });
      this.writing ??= this.writePending();
    });
  }

  private async writePending(): Promise<void> {
    // Lets those in that arrive in the same moment.
    await nextTurn();
    this.writing = undefined;
    const changes = this.pending.splice(0);
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      const done = await withFileLock(`${this.file}.lock`, () => this.makeAll(changes));
      for (const resolve of done) resolve();
    } catch (error) {
      for (const { fail } of changes) fail(error);
    }
  }

  /** Makes the changes in turn, each whole or not at all, and writes once. @returns what tells those who made them */
  private makeAll(changes: readonly PendingChange[]): (() => void)[] {
    let document = this.document();
    const done: (() => void)[] = [];
    for (const { make, fail } of changes) {
      const draft = new AccountDraft(document);
      try {
        done.push(make(draft));
        document = draft.document();
      } catch (error) {
        fail(error);
      }
    }
    if (done.length > 0) this.write(document);
    return done;
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

/** One change, and how to say that it failed. */
interface PendingChange {
  /** @returns what tells whoever made it that it is in the file */
  readonly make: (draft: AccountDraft) => () => void;
  readonly fail: (error: unknown) => void;
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
