import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { withFileLock } from './file-lock';

const stored = z.record(z.string(), z.string());
/** Only the owner may read. */
const PRIVATE = 0o600;

/**
 * The values that AWS would keep and never show: secret strings, database passwords. They live beside the account, in a
 * file that only its owner may read, so that the account itself can be shown, shared and compared.
 */
export class SecretValues {
  /** @param accountFile the account's file; the values' file is named after it */
  constructor(accountFile: string) {
    this.file = accountFile.replace(/(\.json)?$/, '.secrets.json');
  }

  readonly file: string;

  /** The value kept under this name. */
  get(name: string): string | undefined {
    return this.values()[name];
  }

  /** All of them, for tests that look for them where they must not be. */
  all(): Readonly<Record<string, string>> {
    return this.values();
  }

  /** Keeps a value. */
  async set(name: string, value: string): Promise<void> {
    await this.change((values) => ({ ...values, [name]: value }));
  }

  /** Forgets all values whose names begin so. */
  async forget(prefix: string): Promise<void> {
    await this.change((values) =>
      Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith(prefix))),
    );
  }

  private async change(edit: (values: Record<string, string>) => Record<string, string>): Promise<void> {
    mkdirSync(dirname(this.file), { recursive: true });
    await withFileLock(`${this.file}.lock`, () => {
      const values = edit(this.values());
      const temporary = `${this.file}.${process.pid}.tmp`;
      writeFileSync(temporary, `${JSON.stringify(values, null, 2)}\n`, { mode: PRIVATE });
      chmodSync(temporary, PRIVATE);
      renameSync(temporary, this.file);
    });
  }

  private values(): Record<string, string> {
    try {
      return stored.parse(JSON.parse(readFileSync(this.file, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
  }
}
