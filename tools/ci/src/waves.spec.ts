import type { PlanManifest } from '@loadlab/nx-cdktf/plans';
import { describeWaves, type StackProgress } from './waves';

const now = new Date('2026-11-27T12:00:00Z');
const manifest = (more: Partial<PlanManifest>): PlanManifest => ({
  schema: 'loadlab.plan/v1',
  stack: 'network-test',
  environment: 'test',
  account: null,
  createdAt: '2026-11-27T11:00:00Z',
  expiresAt: '2026-11-28T11:00:00Z',
  gitCommit: null,
  pendingUpstream: [],
  planned: null,
  sha256: 'a',
  ...more,
});
const planned = (changes: boolean, more: Partial<PlanManifest> = {}): PlanManifest =>
  manifest({
    planned: {
      sha256: { plan: '', json: '', stack: '', assets: null, lock: null },
      changes,
      state: null,
      upstream: {},
    },
    ...more,
  });
const stack = (name: string, plan: PlanManifest | undefined, isApplied = false): StackProgress => ({
  name,
  manifest: plan,
  isApplied,
});
const pending = manifest({ pendingUpstream: ['network'] });

it.each<[string, StackProgress[], number, RegExp]>([
  [
    'nothing is planned',
    [stack('network', undefined)],
    2,
    /not planned[\s\S]*Next: LOADLAB_ENVIRONMENT=test npx nx run-many -t plan$/m,
  ],
  [
    'a plan waits',
    [stack('network', planned(true)), stack('proxy', pending)],
    2,
    /until 2026-11-28T11:00:00Z[\s\S]*Next: .*-t review, then .*-t apply/,
  ],
  [
    'a wave is applied',
    [stack('network', planned(true), true), stack('proxy', pending)],
    2,
    /applied[\s\S]*pending upstream network[\s\S]*Next: .*-t plan$/m,
  ],
  [
    'a plan is too old',
    [stack('network', planned(true, { expiresAt: '2026-11-27T11:30:00Z' }))],
    2,
    /expired at[\s\S]*Next: .*-t plan$/m,
  ],
  [
    'all is applied',
    [stack('network', planned(true), true), stack('proxy', planned(false))],
    0,
    /no changes[\s\S]*Nothing is left to do/,
  ],
])('when %s, it says what comes next', (_, stacks, code, words) => {
  const said = describeWaves('test', stacks, now);
  expect(said.code).toBe(code);
  expect(said.text).toMatch(words);
});
