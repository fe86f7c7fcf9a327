import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** A Terraform that writes down its calls; `fails` names the subcommand that ends with exit code 1. */
function recorder(fails?: string): { calls: string[]; terraform: Terraform } {
  const calls: string[] = [];
  return {
    calls,
    terraform: (_, args) => {
      calls.push(args.join(' '));
      return Promise.resolve({ code: args[0] === fails ? 1 : 0, output: '{"format_version":"1.2"}' });
    },
  };
}

describe('a verb', () => {
  it('plan saves the plan and its JSON beside the stack', async () => {
    const { calls, terraform } = recorder();
    expect(await runVerb('plan', { id: 'network-benchmark', folder }, ['-target=x'], terraform)).toBe(0);
    expect(calls).toEqual(['init -input=false', 'plan -input=false -out=plan.bin -target=x', 'show -json plan.bin']);
    expect(readFileSync(path.join(folder, 'plan.json'), 'utf8')).toBe('{"format_version":"1.2"}');
  });

  it.each(['deploy', 'destroy', 'plan'] as const)('%s stops where init fails', async (verb) => {
    const { calls, terraform } = recorder('init');
    expect(await runVerb(verb, { id: 'x', folder }, [], terraform)).toBe(1);
    expect(calls).toHaveLength(1);
  });

  it('plan hands on a failed plan and writes no JSON', async () => {
    const { calls, terraform } = recorder('plan');
    expect(await runVerb('plan', { id: 'x', folder }, [], terraform)).toBe(1);
    expect(calls.at(-1)).toMatch(/^plan/);
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
