import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command and everything that it started opened for reading, by absolute path. */
export interface Opened {
  readonly status: number | null;
  readonly files: ReadonlySet<string>;
}

/**
 * Runs a shell command under strace (Linux) and watches it open files; what it prints is dropped.
 * @throws {Error} when there is no strace
 */
export function openedFiles(command: string, cwd: string): Opened {
  const folder = mkdtempSync(join(tmpdir(), 'loadlab-opened-'));
  const log = join(folder, 'strace.log');
  try {
    const options = [
      '-f',
      '--seccomp-bpf',
      '-qqq',
      '-y',
      '-s',
      '0',
      '-z',
      '-e',
      'trace=open,openat',
      '-e',
      'signal=none',
    ];
    const run = spawnSync('strace', [...options, '-o', log, 'sh', '-c', command], { cwd, stdio: 'ignore' });
    if (run.error !== undefined) throw new Error(`strace: ${run.error.message} -> sudo apt-get install strace`);
    return { status: run.status, files: filesIn(readFileSync(log, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lines such as `12 openat(AT_FDCWD</cwd>, ""..., O_RDONLY|O_CLOEXEC) = 17</cwd/file>`: the path of the descriptor is the real one. */
function filesIn(trace: string): Set<string> {
  return new Set(
    trace.split('\n').flatMap((line) => {
      const opened = / = \d+<(\/[^>]*)>$/.exec(line)?.[1];
      return opened === undefined || /O_WRONLY|O_DIRECTORY/.test(line) ? [] : [opened];
    }),
  );
}
