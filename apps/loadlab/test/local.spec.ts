import { execFileSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';
import { Workbench, type Ended } from './loadlab-process';

/** The whole lab with the real Terraform and the real LiteLLM: a minute each, so in `npm run test:full` only. */
const isFull = process.env.LOADLAB_TEST_FULL === '1';
jest.setTimeout(5 * 60_000);

const SHORT = ['local', 'smoke', '--set', 'duration=3s', '--out', 'out'];
let bench: Workbench;
beforeEach(() => {
  bench = new Workbench();
});
afterEach(() => bench.remove());

interface RunRecord {
  readonly counts: { readonly started: number; readonly succeeded: number };
  readonly window: { readonly partial: boolean };
  readonly provenance: { readonly configSha256: string; readonly litellmVersion: string };
}

function record(): RunRecord {
  return JSON.parse(bench.read('out/result.json')) as RunRecord;
}

function processes(): { readonly pid: number; readonly parent: number; readonly command: string }[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid, parent, ...command] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), command: command.join(' ') };
  });
}

/** Everything that a process started, directly and indirectly. */
function below(pid: number, table = processes()): number[] {
  return table.filter(({ parent }) => parent === pid).flatMap((child) => [child.pid, ...below(child.pid, table)]);
}

/** Runs the lab; at a moment of its output, which is waited for, notes what runs and acts. */
async function runUntil(moment: RegExp, act: (child: ChildProcess) => void): Promise<Ended & { leftBehind: string[] }> {
  let started: number[] = [];
  const ended = await bench.run(SHORT, {
    during: (child) => {
      let said = '';
      child.stderr?.on('data', (chunk: Buffer) => {
        if (moment.test(said)) return;
        said += chunk.toString();
        if (!moment.test(said)) return;
        started = below(child.pid ?? 0);
        act(child);
      });
    },
  });
  expect(started.length).toBeGreaterThan(2);
  // A defunct process has ended, only nobody has noticed yet.
  const leftBehind = processes().filter(({ pid, command }) => started.includes(pid) && !command.includes('<defunct>'));
  return { ...ended, leftBehind: leftBehind.map(({ command }) => command) };
}

(isFull ? describe : describe.skip)('loadlab local', () => {
  it('deploys, measures what was deployed, and destroys', async () => {
    const { code, stderr, stdout, leftBehind } = await runUntil(/round 2\/2/, () => undefined);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toMatch(/3 stacks of environment laptop synthesized/);
    expect(stderr).toMatch(/lab: \d{3} resources deployed/);
    expect(stderr).toMatch(/the account is empty again/);
    expect(stdout).toContain('out/report.html');
    const { counts, provenance } = record();
    expect(counts.started).toBeGreaterThan(0);
    expect(counts.succeeded).toBe(counts.started);
    const config = readFileSync(path.join(workspaceRoot(), 'environments', 'laptop', 'config.yaml'));
    expect(provenance.configSha256).toBe(createHash('sha256').update(config).digest('hex'));
    expect(provenance.litellmVersion).toMatch(/^1\./);
    expect(leftBehind).toEqual([]);
  });

  it.each([
    ['Terraform deploys', /network-laptop: \d+ resources/],
    ['LiteLLM starts', /litellm started/],
    ['it is measured', /round 2\/2/],
  ])('is interrupted while %s: ends with 130, and nothing runs on', async (_when, moment) => {
    const { code, leftBehind } = await runUntil(moment, (child) => child.kill('SIGINT'));
    expect(code).toBe(130);
    expect(leftBehind).toEqual([]);
  });
});
