import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edit } from '../src/edit';
import { root } from './clone';

/**
 * An edit, and the projects whose tasks it must make run anew: those and no others. A kind of task that is not named must not run.
 * `code of X` stands for X and all that import it, directly or not, but for stacks, which see no code of another; `view of X` for X and
 * all that import it; `all` and `stacks` for all that have such a task, and for all stacks.
 */
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

const ALL = ['all'];
const STACKS = ['stacks'];
/** Their tests synthesize the whole lab. */
const wholeLab = ['architecture', 'ci', 'rehearsal', 'stack-checks'];

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
    ...judged(['code of database']),
    test: ['code of database', ...wholeLab],
    synth: ['database'],
  },
  {
    what: "a new file among a stack's constructs",
    edit: files({ 'packages/network/src/more.ts': 'export const more = 1;\n' }),
    ...judged(['code of network']),
    test: ['code of network', ...wholeLab],
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
    ...judged(['view of network']),
    test: ['view of network', ...wholeLab],
    synth: ['view of network'],
  },
  {
    // Nobody who reads the contract is synthesized or tested anew; they are judged anew, since a comment may say @deprecated.
    what: 'a comment in a contract',
    edit: append('packages/network/src/contract.ts'),
    ...judged(['view of network']),
    test: ['code of network', ...wholeLab],
    synth: ['network'],
  },
  {
    what: 'a contract that no stack reads',
    edit: replace('packages/state-backend/src/contract.ts', 'bucket:', 'more: z.string(), bucket:'),
    ...judged(['view of state-backend']),
    test: ['view of state-backend', ...wholeLab],
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
    synth: STACKS,
  },
  {
    what: "its gateway's config.yaml",
    edit: append('environments/benchmark/config.yaml'),
    test: ['loadlab', ...wholeLab],
    synth: STACKS,
  },
  {
    what: 'the choice of an environment',
    edit: variable('LOADLAB_ENVIRONMENT', 'laptop'),
    test: ALL,
    synth: STACKS,
  },

  // What a stack publishes beside itself.
  {
    what: "the mock upstream's source",
    edit: append('apps/mock-openai/src/main.ts'),
    ...judged(['code of mock-openai', 'mock-openai-infra']),
    test: ['code of mock-openai', 'mock-openai-infra', 'loadtest-infra', ...wholeLab],
    synth: ['mock-openai-infra'],
  },
  {
    what: "the load generator's source",
    edit: append('apps/loadtest/src/job/main.ts'),
    ...judged(['code of loadtest']),
    test: ['code of loadtest', 'loadtest-infra', ...wholeLab],
    synth: ['loadtest-infra'],
  },
  {
    what: 'a scenario',
    edit: append('apps/loadtest/scenarios/guide.yaml'),
    ...judged(['importers of loadtest']),
    test: ['code of loadtest', 'loadtest-infra', ...wholeLab],
    synth: ['loadtest-infra'],
  },
  {
    what: 'the publisher of files, a function of its stacks',
    edit: append('packages/fargate/src/publisher/handler.ts'),
    ...judged(['view of fargate']),
    test: ['view of fargate', ...wholeLab],
    synth: ['view of fargate'],
  },

  // Libraries, tools and apps.
  {
    what: 'the foundation',
    edit: append('packages/foundation/src/problems/problem.ts'),
    ...judged(['view of foundation']),
    test: ['view of foundation'],
    synth: STACKS,
  },
  {
    what: 'the rehearsal',
    edit: append('packages/rehearsal/src/index.ts'),
    ...judged(['view of rehearsal']),
    test: ['view of rehearsal'],
  },
  {
    what: 'a price table',
    edit: append('packages/plan-review/src/cost/price-table.json'),
    ...judged(['view of plan-review']),
    test: ['view of plan-review'],
  },
  {
    what: 'a command of loadlab',
    edit: append('apps/loadlab/src/commands/report.ts'),
    ...judged(['view of loadlab']),
    test: ['view of loadlab', 'ci'],
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
    ...judged(['code of setup']),
    // The pipeline's commands begin with it.
    test: ['code of setup', 'ci'],
  },
  { what: 'the policies of reviews', edit: append('reviews.yaml'), test: ['ci', 'loadlab'] },
  { what: 'npm test itself', edit: append('tools/check/check.js'), ...judged(['check']), test: ['check'] },

  // What all of them rest on.
  {
    what: 'the plugin that makes targets of stacks',
    edit: append('tools/nx-cdktf/plugin.js'),
    ...judged(['view of nx-cdktf']),
    test: ['view of nx-cdktf', 'check'],
    synth: STACKS,
  },
  {
    what: 'nx.json',
    edit: replace('nx.json', '"parallel": 2', '"parallel": 3'),
    ...judged(ALL),
    test: ALL,
    synth: STACKS,
  },
  { what: "TypeScript's settings", edit: append('tsconfig.base.json'), ...judged(ALL), test: ALL, synth: STACKS },
  { what: "Jest's settings", edit: append('jest.preset.js'), lint: ['lab'], test: ALL },
  {
    what: 'the examples of properties',
    edit: append('tools/check/fast-check.js'),
    lint: ['check'],
    typecheck: ['check'],
    test: ALL,
  },
  { what: "ESLint's rules", edit: append('eslint.config.mjs'), lint: ALL },
  {
    what: "a project's own manifest",
    edit: append('packages/plan-review/package.json'),
    ...judged(['view of plan-review']),
    test: ['view of plan-review', 'check'],
  },
  {
    what: 'a script in package.json',
    edit: replace('package.json', '"synth":', '"more": "true", "synth":'),
    test: ['check', 'ci'],
  },
  {
    what: 'an upgrade of a library that stacks are made with',
    edit: upgrade('@cdktf/provider-aws'),
    ...judged(['view of foundation']),
    test: ALL,
    synth: STACKS,
  },
  {
    what: "an upgrade of the load generator's library",
    edit: upgrade('autocannon'),
    ...judged(['view of loadtest']),
    test: ALL,
    synth: ['loadtest-infra'],
  },
  {
    what: 'an upgrade of the linter',
    edit: upgrade('eslint-plugin-jsdoc'),
    lint: ALL,
    typecheck: ['lab'],
    test: ALL,
  },
  { what: 'an upgrade of the compiler', edit: upgrade('typescript'), ...judged(ALL), test: ALL },
  {
    what: 'the locked LiteLLM',
    edit: append('tools/python/litellm/requirements.lock'),
    test: ['ci', 'doctor', 'loadlab', 'nx-cdktf', 'proxy-service', 'rehearsal', 'stack-checks'],
  },

  // The shell and the machine.
  { what: 'tests in full', edit: variable('LOADLAB_TEST_FULL', '1'), test: ALL },
  { what: 'another Terraform', edit: files({}), terraform: '1.12.0', test: ALL },
  { what: 'another seed', edit: variable('LOADLAB_TEST_SEED', '2'), test: ALL },
  { what: 'another browser', edit: variable('CHROMIUM_PATH', '/opt/chromium'), test: ['loadtest'] },
];
