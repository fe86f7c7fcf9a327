import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError } from '@loadlab/foundation';
import { findStack } from '../src/find-stack';
import type { Terraform } from '../src/terraform';
import { runVerb } from '../src/verbs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'loadlab-verbs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A Terraform that writes down its calls; `fails` names the subcommand, or the whole call, that ends with exit code 1. */
function recorder(fails?: string, output = '{"format_version":"1.2"}'): { calls: string[]; terraform: Terraform } {
  const calls: string[] = [];
  return {
    calls,
    terraform: (_, args) => {
      calls.push(args.join(' '));
      const isFailing = args[0] === fails || args.join(' ') === fails;
      return Promise.resolve({
        code: isFailing ? 1 : 0,
        output,
        errors: isFailing
          ? '\u001b[31m╷\u001b[0m\n│ Error: no such bucket\n│ \n│ loadlab-states is not there\n╵\n'
          : '',
      });
    },
  };
}

describe('a verb', () => {
  const around = (terraform: Terraform) => ({
    root: folder,
    environment: 'benchmark',
    gitCommit: null,
    approvedPlans: undefined,
    account: () => Promise.resolve(null),
    store: () => Promise.reject(new Error('nothing is kept here')),
    now: new Date(),
    useColor: false,
    terraform,
  });

  it.each(['deploy', 'destroy', 'plan', 'apply', 'drift'] as const)(
    '%s stops where init fails, with what Terraform said',
    async (verb) => {
      const { calls, terraform } = recorder('init');
      const run = runVerb(verb, { id: 'x', folder }, [], around(terraform));
      await expect(run).rejects.toThrow(/cannot start on it: no such bucket loadlab-states is not there/);
      await expect(run).rejects.toBeInstanceOf(InputError);
      expect(calls).toHaveLength(1);
    },
  );

  it.each<[string, string | undefined, string[], number]>([
    ['is a whole plan', undefined, ['plan'], 0],
    [
      'is one that only refreshes where the code cannot be planned',
      'plan -input=false -lock=false -out=drift.bin',
      ['plan', 'plan -refresh-only'],
      0,
    ],
    ['fails where neither can be made', 'plan', ['plan', 'plan -refresh-only'], 1],
  ])('a look for drift %s, and leaves nothing to apply', async (_, fails, plans, code) => {
    const { calls, terraform } = recorder(fails, '{"serial":1,"lineage":"x","format_version":"1.2"}');
    expect(await runVerb('drift', { id: 'x', folder }, [], around(terraform))).toBe(code);
    const made = calls
      .filter((call) => call.startsWith('plan'))
      .map((call) => call.replace(/ -(?:input|lock|out)=\S+/g, ''));
    expect(made).toEqual(plans);
    expect(readdirSync(folder)).toEqual(code === 0 ? ['drift.json'] : []);
  });

  it('outputs prints nothing but the outputs', async () => {
    const { calls, terraform } = recorder();
    await runVerb('outputs', { id: 'x', folder }, [], around(terraform));
    expect(calls).toEqual(['init -input=false', 'output -json']);
  });
});

describe('the stack of a package', () => {
  const synthesized = (names: string[]): void => {
    mkdirSync(path.join(folder, 'cdktf.out'));
    const stacks = Object.fromEntries(names.map((name) => [name, { name, workingDirectory: `stacks/${name}` }]));
    writeFileSync(path.join(folder, 'cdktf.out', 'manifest.json'), JSON.stringify({ stacks }));
  };

  it('is found by the environment', () => {
    synthesized(['network-benchmark']);
    expect(findStack(folder, 'benchmark')).toEqual({
      id: 'network-benchmark',
      folder: path.join(folder, 'cdktf.out', 'stacks/network-benchmark'),
    });
  });

  it('is none where the environment goes without', () => {
    synthesized([]);
    expect(findStack(folder, 'laptop')).toBeUndefined();
  });

  it.each([
    ['nothing was synthesized', undefined, /not synthesized/],
    [
      'another environment was synthesized',
      ['network-laptop'],
      /holds network-laptop, not a stack of environment "benchmark"/,
    ],
  ])('is refused when %s', (_, names, words) => {
    if (names !== undefined) synthesized(names);
    expect(() => findStack(folder, 'benchmark')).toThrow(InputError);
    expect(() => findStack(folder, 'benchmark')).toThrow(words);
  });
});
