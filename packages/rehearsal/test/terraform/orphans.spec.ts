import { execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { smallVpc } from './small-vpc';
import { TerraformFolder } from './terraform-folder';

jest.setTimeout(60_000);

/** Every process that the given one started, directly and indirectly. */
function descendants(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    table.flatMap(([child = 0, its]) => (its === parent ? [child, ...below(child)] : []));
  return below(pid);
}

function alive(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    try {
      process.kill(pid, 0);
      // A zombie is dead, only nobody has noticed yet.
      return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
    } catch {
      return false;
    }
  });
}

it('nothing stays behind when whoever rehearses is killed with -9 in the middle of an apply', async () => {
  const lab = new TerraformFolder();
  lab.write(smallVpc());
  await lab.start();
  await lab.init();
  const args = ['--require', require.resolve('tsx/cjs'), join(__dirname, 'hanging-parent.ts'), lab.folder];
  const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    parent.stdout.on('data', () => resolve());
    parent.once('exit', () => reject(new Error('it ended before everything ran')));
  });
  let started: number[] = [];
  // Provider, S3, PostgreSQL with its own children, and Terraform once it hangs.
  while (!started.some((pid) => nameOf(pid) === 'terraform')) {
    await sleep(50);
    started = descendants(parent.pid ?? 0);
  }
  expect(started.length).toBeGreaterThan(4);

  parent.kill('SIGKILL');
  const deadline = Date.now() + 15_000;
  while (alive(started).length > 0 && Date.now() < deadline) await sleep(100);
  expect(alive(started).map(nameOf)).toEqual([]);
  await lab.stop();
  rmSync(`${lab.folder}-postgres`, { recursive: true, force: true });
});

function nameOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
