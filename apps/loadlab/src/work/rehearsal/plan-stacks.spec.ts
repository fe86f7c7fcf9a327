import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { planStacks } from './plan-stacks';
import type { Rehearsal } from './rehearsal';
import type { StackFolder } from './synthesized-stacks';

let root: string;
let said: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'loadlab-plan-'));
  said = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(root, { recursive: true });
});

/** A stack on disk, with one output `id`. */
function stack(id: string, ...dependencies: readonly string[]): StackFolder {
  const folder = path.join(root, id);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify({ output: { id: { value: 'x' } } }));
  return { id, folder, dependencies };
}

/** A Terraform with states that hold these outputs, whose plans end with these codes: 0 where none is given. */
function rehearsal(
  outputs: Record<string, object>,
  plans: Record<string, number> = {},
): Pick<Rehearsal, 'run' | 'capture'> {
  return {
    run: (_command, [verb], settings) => {
      const id = path.basename(settings?.folder ?? '');
      if (verb === 'plan') said += `planned ${id}\n`;
      return Promise.resolve(verb === 'plan' ? (plans[id] ?? 0) : 0);
    },
    capture: (_command, [verb], settings) => {
      if (verb === 'output') said += `asked ${path.basename(settings?.folder ?? '')}\n`;
      const state = outputs[path.basename(settings?.folder ?? '')] ?? {};
      return Promise.resolve({ exitCode: 0, stdout: JSON.stringify(state), stderr: '' });
    },
  };
}

const signal = new AbortController().signal;

it('where all is deployed and nothing changes, every stack is planned, and no state is asked for', async () => {
  const all = [stack('network'), stack('database', 'network')];
  expect(await planStacks(rehearsal({}), all, all, signal)).toBe(0);
  expect(said).toBe('\n== network\nplanned network\n\n== database\nplanned database\n');
});

it('a stack that reads what is not deployed yet waits for its turn, and the others are planned', async () => {
  const all = [stack('network'), stack('database', 'network'), stack('bucket')];
  expect(await planStacks(rehearsal({}, { network: 2, bucket: 2 }), all, all, signal)).toBe(2);
  expect(said).toContain('== database\nasked network\nPending upstream: it reads what is not deployed yet: network\n');
  expect(said).toContain('planned bucket');
  expect(said).not.toContain('planned database');
});

it('a stack that is asked for alone looks at the state of what it reads', async () => {
  const all = [stack('network'), stack('database', 'network')];
  expect(await planStacks(rehearsal({ network: { id: {} } }), all.slice(1), all, signal)).toBe(0);
  expect(said).toContain('planned database');
});

it('what died halfway, before its outputs, is not deployed', async () => {
  const all = [stack('network'), stack('database', 'network')];
  expect(await planStacks(rehearsal({ network: { other: {} } }), all.slice(1), all, signal)).toBe(2);
  expect(said).not.toContain('planned database');
});

it('a plan that fails ends it', async () => {
  const all = [stack('network'), stack('database')];
  expect(await planStacks(rehearsal({}, { network: 1 }), all, all, signal)).toBe(1);
  expect(said).not.toContain('database');
});
