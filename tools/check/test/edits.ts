import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edit } from '../src/edit';
import { root } from './clone';

/** An edit, and the projects whose tasks it must make run anew: those and no others. A kind of task that is not named must not run. */
export interface Row {
  readonly what: string;
  readonly edit: Edit;
  readonly lint?: readonly string[];
  readonly typecheck?: readonly string[];
  readonly test?: readonly string[];
  readonly synth?: readonly string[];
  /** Version of the Terraform on the machine. */
  readonly terraform?: string;
}

const stacks = ['database', 'loadtest-infra', 'mock-openai-infra', 'network', 'proxy-service', 'state-backend'];
/** Everything that is linted and compiled. */
const all = [
  ...stacks,
  ...['architecture', 'check', 'ci', 'doctor', 'fargate', 'foundation', 'lab', 'loadlab', 'loadtest', 'mock-openai'],
  ...['nx-cdktf', 'plan-review', 'rehearsal', 'setup', 'stack-checks'],
];
const tested = all.filter((name) => name !== 'lab');
/** Their tests synthesize the whole lab. */
const wholeLab = ['architecture', 'ci', 'rehearsal', 'stack-checks'];
const except = (names: readonly string[], ...without: string[]) => names.filter((name) => !without.includes(name));

const files = (changed: Edit['files']): Edit => ({ files: changed, variables: {} });
const variable = (name: string, value: string): Edit => ({ files: {}, variables: { [name]: value } });
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
/** A comment, or a sentence, at the end. */
const append = (file: string): Edit => {
  const mark = /\.(?:ts|js|mjs)$/.test(file) ? '// more' : /\.(?:json|snap|svg)$/.test(file) ? '' : '# more';
  return files({ [file]: `${read(file)}\n${mark}\n` });
};
const replace = (file: string, from: string | RegExp, to: string): Edit => {
  const before = read(file);
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} does not hold ${String(from)}`);
  return files({ [file]: after });
};

/** As npm writes it: another version, another checksum. */
function upgrade(name: string): Edit {
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, object> };
  const at = `node_modules/${name}`;
  if (lock.packages[at] === undefined) throw new Error(`package-lock.json does not hold ${name}`);
  lock.packages[at] = { ...lock.packages[at], version: '99.0.0', integrity: `sha512-${'A'.repeat(86)}==` };
  return files({ 'package-lock.json': JSON.stringify(lock, null, 2) });
}
const judged = (names: readonly string[]) => ({ lint: names, typecheck: names });

/** Those who import the code of a project, directly or not; stacks see only contracts of each other. */
const seen = {
  foundation: except(all, 'setup', 'check'),
  stackCode: ['lab', 'loadlab', 'stack-checks'],
};

export const table: readonly Row[] = [
  { what: 'nothing', edit: files({}) },

  // What only people read.
  { what: 'the README of the repository', edit: append('README.md') },
  { what: "a stack's README", edit: append('packages/network/README.md') },
  { what: 'a decision', edit: append('docs/decisions/0002-layers.md') },
  { what: 'a new workflow', edit: files({ '.github/workflows/more.yml': 'on: push\n' }), test: ['ci'] },
  { what: 'the formatting rules', edit: files({ '.prettierrc.json': '{}\n' }) },
  { what: 'the rules of dead code', edit: append('knip.jsonc') },

  // A stack.
  {
    what: "a stack's construct",
    edit: append('packages/database/src/password.ts'),
    ...judged(['database', ...seen.stackCode]),
    test: ['database', 'loadlab', ...wholeLab],
    synth: ['database'],
  },
  {
    what: "a new file among a stack's constructs",
    edit: files({ 'packages/network/src/more.ts': 'export const more = 1;\n' }),
    ...judged(['network', ...seen.stackCode]),
    test: ['network', 'loadlab', ...wholeLab],
    synth: ['network'],
  },
  {
    what: "a stack's spec",
    edit: append('packages/network/src/stack.spec.ts'),
    ...judged(['network']),
    test: ['network'],
  },
  {
    what: 'a spec that is gone',
    edit: files({ 'packages/network/src/stack.spec.ts': null }),
    ...judged(['network']),
    test: ['network'],
  },
  {
    what: "a stack's snapshot",
    edit: append('packages/network/src/__snapshots__/stack.spec.ts.snap'),
    test: ['network'],
  },
  {
    what: 'an output more in a contract',
    edit: replace('packages/network/src/contract.ts', 'vpcId:', 'more: z.string(), vpcId:'),
    ...judged(['database', 'loadtest-infra', 'mock-openai-infra', 'network', 'proxy-service', ...seen.stackCode]),
    test: ['database', 'loadtest-infra', 'mock-openai-infra', 'network', 'proxy-service', 'loadlab', ...wholeLab],
    synth: ['database', 'loadtest-infra', 'mock-openai-infra', 'network', 'proxy-service'],
  },
  {
    // Nobody who reads the contract is synthesized or tested anew; they are judged anew, since a comment may say @deprecated.
    what: 'a comment in a contract',
    edit: append('packages/network/src/contract.ts'),
    ...judged(['database', 'loadtest-infra', 'mock-openai-infra', 'network', 'proxy-service', ...seen.stackCode]),
    test: ['network', 'loadlab', ...wholeLab],
    synth: ['network'],
  },
  {
    what: 'a contract that no stack reads',
    edit: replace('packages/state-backend/src/contract.ts', 'bucket:', 'more: z.string(), bucket:'),
    ...judged(['state-backend', 'loadlab']),
    test: ['state-backend', 'loadlab', ...wholeLab],
    synth: ['state-backend'],
  },
  {
    what: 'main.ts, the app of all stacks',
    edit: append('main.ts'),
    ...judged(['lab']),
    test: wholeLab,
  },

  // Environments.
  {
    what: 'the environment of another stage',
    edit: replace('environments/laptop/environment.yaml', /^namespace: .*$/m, 'namespace: other'),
    test: ['loadlab', 'ci', 'rehearsal', 'stack-checks'],
  },
  {
    what: 'a comment in the environment that is chosen',
    edit: append('environments/benchmark/environment.yaml'),
    test: ['loadlab', ...wholeLab],
    synth: stacks,
  },
  {
    what: "its gateway's config.yaml",
    edit: append('environments/benchmark/config.yaml'),
    test: ['loadlab', ...wholeLab],
    synth: stacks,
  },
  {
    what: 'the choice of an environment',
    edit: variable('LOADLAB_ENVIRONMENT', 'laptop'),
    test: tested,
    synth: stacks,
  },

  // What a stack publishes beside itself.
  {
    what: "the mock upstream's source",
    edit: append('apps/mock-openai/src/main.ts'),
    ...judged(['mock-openai', 'mock-openai-infra', 'loadtest', ...seen.stackCode]),
    test: ['mock-openai', 'mock-openai-infra', 'loadtest', 'loadtest-infra', 'loadlab', ...wholeLab],
    synth: ['mock-openai-infra'],
  },
  {
    what: "the load generator's source",
    edit: append('apps/loadtest/src/job/main.ts'),
    ...judged(['loadtest', 'lab', 'loadlab']),
    test: ['loadtest', 'loadtest-infra', 'loadlab', ...wholeLab],
    synth: ['loadtest-infra'],
  },
  {
    what: 'a scenario',
    edit: append('apps/loadtest/scenarios/guide.yaml'),
    ...judged(['lab', 'loadlab']),
    test: ['loadtest', 'loadtest-infra', 'loadlab', ...wholeLab],
    synth: ['loadtest-infra'],
  },
  {
    what: 'the publisher of files, a function of its stacks',
    edit: append('packages/fargate/src/publisher/handler.ts'),
    ...judged(['fargate', 'mock-openai-infra', 'loadtest-infra', 'proxy-service', ...seen.stackCode]),
    test: ['fargate', 'mock-openai-infra', 'loadtest-infra', 'proxy-service', 'loadlab', ...wholeLab],
    synth: ['mock-openai-infra', 'loadtest-infra', 'proxy-service'],
  },

  // Libraries, tools and apps.
  {
    what: 'the foundation',
    edit: append('packages/foundation/src/problems/problem.ts'),
    ...judged(seen.foundation),
    test: except(seen.foundation, 'lab'),
    synth: stacks,
  },
  {
    what: 'the rehearsal',
    edit: append('packages/rehearsal/src/index.ts'),
    ...judged(['rehearsal', 'plan-review', 'stack-checks', 'loadlab', 'nx-cdktf', 'ci']),
    test: ['rehearsal', 'plan-review', 'stack-checks', 'loadlab', 'nx-cdktf', 'ci'],
  },
  {
    what: 'a price table',
    edit: append('packages/plan-review/src/cost/price-table.json'),
    ...judged(['plan-review', 'nx-cdktf', 'ci', 'loadlab']),
    test: ['plan-review', 'nx-cdktf', 'ci', 'loadlab'],
  },
  {
    what: 'a command of loadlab',
    edit: append('apps/loadlab/src/commands/report.ts'),
    ...judged(['loadlab']),
    test: ['loadlab', 'ci'],
  },
  { what: 'a bench', edit: append('apps/mock-openai/bench/mock.ts'), ...judged(['mock-openai']) },
  {
    what: 'a test fixture',
    edit: files({ 'packages/proxy-service/test/good-configs/more.yaml': 'model_list: []\n' }),
    test: ['proxy-service'],
  },
  { what: 'a picture of the architecture', edit: append('docs/architecture/stacks.svg'), test: ['architecture'] },
  {
    what: 'the set-up',
    edit: append('tools/setup/steps.js'),
    ...judged(['setup', 'mock-openai', 'loadtest', 'doctor', 'nx-cdktf', 'check', 'ci', ...seen.stackCode]),
    test: ['setup', 'mock-openai', 'loadtest', 'doctor', 'nx-cdktf', 'check', 'ci', 'loadlab', 'stack-checks'],
  },
  { what: 'npm test itself', edit: append('tools/check/check.js'), ...judged(['check']), test: ['check'] },

  // What all of them rest on.
  {
    what: 'the plugin that makes targets of stacks',
    edit: append('tools/nx-cdktf/plugin.js'),
    ...judged(['nx-cdktf', 'ci']),
    test: ['nx-cdktf', 'ci', 'check'],
    synth: stacks,
  },
  {
    what: 'nx.json',
    edit: replace('nx.json', '"parallel": 2', '"parallel": 3'),
    ...judged(all),
    test: tested,
    synth: stacks,
  },
  { what: "TypeScript's settings", edit: append('tsconfig.base.json'), ...judged(all), test: tested, synth: stacks },
  { what: "Jest's settings", edit: append('jest.preset.js'), lint: ['lab'], test: tested },
  { what: "ESLint's rules", edit: append('eslint.config.mjs'), lint: all },
  {
    what: "a project's own manifest",
    edit: append('packages/plan-review/package.json'),
    ...judged(['plan-review', 'nx-cdktf', 'ci', 'loadlab']),
    test: ['plan-review', 'nx-cdktf', 'ci', 'loadlab', 'check'],
  },
  {
    what: 'a script in package.json',
    edit: replace('package.json', '"synth":', '"more": "true", "synth":'),
    test: ['check', 'ci'],
  },
  {
    what: 'an upgrade of a library that stacks are made with',
    edit: upgrade('@cdktf/provider-aws'),
    ...judged(seen.foundation),
    test: tested,
    synth: stacks,
  },
  {
    what: "an upgrade of the load generator's library",
    edit: upgrade('autocannon'),
    ...judged(['loadtest', 'loadtest-infra', 'lab', 'loadlab']),
    test: tested,
    synth: ['loadtest-infra'],
  },
  {
    what: 'an upgrade of the linter',
    edit: upgrade('eslint-plugin-jsdoc'),
    lint: all,
    typecheck: ['lab'],
    test: tested,
  },
  { what: 'an upgrade of the compiler', edit: upgrade('typescript'), ...judged(all), test: tested },
  {
    what: 'the locked LiteLLM',
    edit: append('tools/python/litellm/requirements.lock'),
    test: ['ci', 'doctor', 'loadlab', 'nx-cdktf', 'proxy-service', 'rehearsal', 'stack-checks'],
  },

  // The shell and the machine.
  { what: 'tests in full', edit: variable('LOADLAB_TEST_FULL', '1'), test: tested },
  { what: 'another Terraform', edit: files({}), terraform: '1.12.0', test: tested },
  { what: 'another seed', edit: variable('LOADLAB_TEST_SEED', '2'), test: tested },
  { what: 'another browser', edit: variable('CHROMIUM_PATH', '/opt/chromium'), test: ['loadtest'] },
];
