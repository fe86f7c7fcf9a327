import { spawnSync } from 'node:child_process';

/** What CI asks of a clone. */
export class Git {
  constructor(private readonly root: string) {}

  /** Whether there is a git, and this is a clone. */
  isThere(): boolean {
    return this.#ask('rev-parse', '--git-dir') !== undefined;
  }

  /** The commit that is checked out; undefined outside of a clone. */
  head(): string | undefined {
    return this.#ask('rev-parse', 'HEAD');
  }

  /** True when every file is as it was committed. */
  isClean(): boolean {
    return this.#ask('status', '--porcelain') === '';
  }

  /** Whether a name stands for a commit of this clone. */
  knows(name: string): boolean {
    return this.#ask('rev-parse', '--verify', '--quiet', `${name}^{commit}`) !== undefined;
  }

  #ask(...args: readonly string[]): string | undefined {
    const { status, stdout } = spawnSync('git', args, { cwd: this.root, encoding: 'utf8' });
    return status === 0 ? stdout.trim() : undefined;
  }
}
