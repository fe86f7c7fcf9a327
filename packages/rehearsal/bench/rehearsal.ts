import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';
import { z } from 'zod';
import { Account } from '../src/account/account';
import { startS3Server } from '../src/state-servers/s3-server';
import { s3Environment } from '../src/terraform/state-environment';
import { startOfflineAws } from '../src/terraform/with-offline-aws';

/*
 * How long the rehearsal takes, printed as one table: the provider's start, the whole lab from nothing through
 * `cdktf deploy '*'` with its state in S3, a plan of all stacks when nothing changed, and the way back.
 *
 *   npm run bench:rehearsal
 */

const ENVIRONMENT = 'benchmark';
const BUCKET = 'loadlab-state-123456789012';
const limits = { start: 1, memory: 150, deploy: 15, plan: 8 } as const;

const manifestSchema = z.object({ stacks: z.record(z.string(), z.object({ workingDirectory: z.string() })) });

async function main(): Promise<void> {
  const root = workspaceRoot();
  const folder = mkdtempSync(join(tmpdir(), 'loadlab-bench-'));
  const outdir = join(folder, 'cdktf.out');
  const s3 = await startS3Server();
  await s3.createBucket(BUCKET);
  const environment = {
    ...process.env,
    ...s3Environment(s3),
    LOADLAB_ENVIRONMENT: ENVIRONMENT,
    CDKTF_OUTDIR: outdir,
    CI: '1',
  };

  const [aws, start] = await timed(() =>
    startOfflineAws({ accountFile: join(folder, 'account.json'), workingFolders: [folder], environment }),
  );
  try {
    const cpu = { deploy: 0, destroy: 0 };
    const cdktf = async (verb: 'deploy' | 'destroy'): Promise<number> => {
      const args = [verb, '*', '--auto-approve', '--skip-provider-lock', '--output', outdir];
      const [{ exitCode, stdout, stderr }, seconds] = await timed(() =>
        aws.capture('sh', ['-c', WITH_TIMES, 'sh', 'cdktf', ...args], root),
      );
      if (exitCode !== 0) throw new Error(`cdktf ${verb}: ${exitCode}\n${stdout.slice(-4000)}\n${stderr.slice(-4000)}`);
      cpu[verb] = cpuSeconds(stderr);
      return seconds;
    };
    const deploy = await cdktf('deploy');
    const made = new Account(join(folder, 'account.json')).read().all().length;
    const stacks = Object.values(
      manifestSchema.parse(JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'))).stacks,
    );
    const [, plan] = await timed(async () => {
      for (const { workingDirectory } of stacks) {
        const { exitCode, stderr } = await aws.terraform(join(outdir, workingDirectory), 'plan', '-detailed-exitcode');
        if (exitCode !== 0) throw new Error(`a plan without changes ended with ${exitCode}\n${stderr}`);
      }
    });
    const memory = memoryMb(aws.providerPid);
    const destroy = await cdktf('destroy');
    const left = new Account(join(folder, 'account.json')).read().all().length;
    print([
      ['start of the provider', `${start.toFixed(2)} s`, `at most ${limits.start} s`, start <= limits.start],
      [
        `its memory, after ${made} resources`,
        `${memory.toFixed(0)} MB`,
        `at most ${limits.memory} MB`,
        memory <= limits.memory,
      ],
      [
        `cdktf deploy '*': ${stacks.length} stacks, state in S3`,
        `${deploy.toFixed(1)} s (${cpu.deploy.toFixed(1)} s of CPU)`,
        `at most ${limits.deploy} s`,
        deploy <= limits.deploy,
      ],
      ['terraform plan of all, no changes', `${plan.toFixed(1)} s`, `at most ${limits.plan} s`, plan <= limits.plan],
      [
        "cdktf destroy '*'",
        `${destroy.toFixed(1)} s (${cpu.destroy.toFixed(1)} s of CPU)`,
        `${left} things left`,
        left === 0,
      ],
    ]);
  } finally {
    await aws.stop();
    await s3.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command, and says last how much CPU it and all that it started took. */
const WITH_TIMES = '"$@"; code=$?; times >&2; exit $code';

/** Of what `times` says, the line about children: `0m1.50s 0m0.25s`. */
function cpuSeconds(text: string): number {
  const spent = [...(text.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return spent.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const since = performance.now();
  const result = await work();
  return [result, (performance.now() - since) / 1000];
}

/** The resident set, which `ps` tells on Linux and macOS alike. */
function memoryMb(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

function print(rows: readonly (readonly [what: string, measured: string, limit: string, met: boolean])[]): void {
  const load = loadavg()[0]?.toFixed(1) ?? 'unknown';
  console.log(
    `\nThe rehearsal on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${load} processes waiting for them\n`,
  );
  for (const [what, measured, limit, met] of rows)
    console.log(`${what.padEnd(46)} ${measured.padStart(24)}   ${limit.padEnd(18)} ${met ? 'met' : 'MISSED'}`);
  if (rows.some(([, , , met]) => !met)) process.exitCode = 1;
}

void main();
