import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CreateNodes, TargetConfiguration } from '@nx/devkit';

interface Plugin {
  createNodes: CreateNodes;
}

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'loadlab-nx-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
  delete process.env.LOADLAB_ENVIRONMENT;
});

function addStack(folder: string, name: string, reads: string[] = [], publishes: string[] = []): string {
  mkdirSync(path.join(root, folder), { recursive: true });
  const dependencies = Object.fromEntries(reads.map((stack) => [`@loadlab/${stack}`, '0.1.0']));
  writeFileSync(
    path.join(root, folder, 'package.json'),
    JSON.stringify({ name: `@loadlab/${name}`, nx: { name, implicitDependencies: publishes }, dependencies }),
  );
  writeFileSync(path.join(root, folder, 'cdktf.json'), JSON.stringify({ app: 'tsx src/main.ts' }));
  return path.posix.join(folder, 'cdktf.json');
}

async function targetsByFolder(files: string[]): Promise<Record<string, Record<string, TargetConfiguration>>> {
  const { createNodes } = jest.requireActual<Plugin>('../plugin.js');
  const [, create] = createNodes;
  const results = await create(files, undefined, { workspaceRoot: root, nxJsonConfiguration: {} });
  return Object.fromEntries(
    results.flatMap(([, { projects = {} }]) =>
      Object.entries(projects).map(([folder, project]) => [folder, project.targets ?? {}]),
    ),
  );
}

describe('a folder with a cdktf.json', () => {
  it('gets the targets of a stack', async () => {
    const targets = await targetsByFolder([addStack('packages/network', 'network')]);
    expect(Object.keys(targets['packages/network'] ?? {}).sort()).toEqual([
      'apply',
      'contract',
      'deploy',
      'destroy',
      'drift',
      'inventory',
      'outputs',
      'plan',
      'rehearse',
      'review',
      'synth',
    ]);
  });

  it('synthesizes by the command that cdktf itself would run, cached', async () => {
    const targets = await targetsByFolder([addStack('packages/network', 'network')]);
    expect(targets['packages/network']?.synth).toMatchObject({
      cache: true,
      options: { command: 'tsx src/main.ts' },
    });
  });

  it('never takes a deployment from the cache, and runs one at a time', async () => {
    const targets = await targetsByFolder([addStack('packages/network', 'network')]);
    for (const verb of ['plan', 'review', 'apply', 'drift', 'inventory', 'deploy', 'rehearse', 'destroy', 'outputs'])
      expect(targets['packages/network']?.[verb]).toMatchObject({ cache: false, parallelism: false });
  });

  it('finds its commands from a nested folder too', async () => {
    const targets = await targetsByFolder([addStack('apps/mock-openai/infra', 'mock-openai-infra')]);
    expect(targets['apps/mock-openai/infra']?.plan?.options).toMatchObject({
      command: 'tsx ../../../tools/nx-cdktf/src/main.ts plan',
    });
  });
});

describe('the synthesized stack depends on', () => {
  it.each([
    [undefined, '{workspaceRoot}/environments/benchmark/**/*'],
    ['staging', '{workspaceRoot}/environments/staging/**/*'],
  ])('the files of the chosen environment (%s), and of no other', async (chosen, files) => {
    if (chosen !== undefined) process.env.LOADLAB_ENVIRONMENT = chosen;
    const targets = await targetsByFolder([addStack('packages/network', 'network')]);
    const inputs = targets['packages/network']?.synth?.inputs ?? [];
    expect(inputs.filter((input) => typeof input === 'string' && input.includes('environments/'))).toEqual([files]);
    expect(inputs).toContainEqual({ env: 'LOADLAB_ENVIRONMENT' });
  });
});

describe('the synthesized stack depends on what others say, not on how they do it', () => {
  it('on their contracts as code without comments, made before', async () => {
    const targets = await targetsByFolder([addStack('packages/database', 'database', ['network'])]);
    expect(targets['packages/database']?.synth).toMatchObject({ dependsOn: ['^contract'] });
    expect(targets['packages/database']?.synth?.inputs).toContainEqual({
      dependentTasksOutputFiles: '**/dist/contract.js',
    });
    expect(targets['packages/database']?.contract).toMatchObject({
      cache: true,
      outputs: ['{projectRoot}/dist/contract.js'],
    });
  });

  it('on the source of the program that it publishes', async () => {
    const targets = await targetsByFolder([addStack('apps/mock/infra', 'mock-infra', [], ['mock'])]);
    expect(targets['apps/mock/infra']?.synth?.inputs).toContainEqual({ projects: ['mock'], input: 'production' });
  });
});

describe('order', () => {
  const files = () => [
    addStack('packages/network', 'network'),
    addStack('packages/database', 'database', ['network']),
    addStack('packages/proxy', 'proxy', ['network', 'database']),
  ];

  it('deploys a stack after those it reads', async () => {
    const targets = await targetsByFolder(files());
    expect(targets['packages/database']?.deploy?.dependsOn).toEqual(['synth', '^deploy']);
  });

  it('plans and reviews a stack after those it reads: their plans tell whether its inputs will change', async () => {
    const targets = await targetsByFolder(files());
    expect(targets['packages/database']?.plan?.dependsOn).toEqual(['synth', '^plan']);
    expect(targets['packages/database']?.review?.dependsOn).toEqual(['^review']);
  });

  it('destroys a stack after those that read it', async () => {
    const targets = await targetsByFolder(files());
    expect(targets['packages/network']?.destroy?.dependsOn).toEqual([
      'synth',
      { projects: ['database', 'proxy'], target: 'destroy' },
    ]);
    expect(targets['packages/proxy']?.destroy?.dependsOn).toEqual(['synth']);
  });
});

it('leaves the state backend out of deployments: it is bootstrapped', async () => {
  const targets = await targetsByFolder([addStack('packages/state-backend', 'state-backend')]);
  expect(Object.keys(targets['packages/state-backend'] ?? {}).sort()).toEqual([
    'contract',
    'drift',
    'inventory',
    'outputs',
    'plan',
    'review',
    'synth',
  ]);
});

it('makes no project of the app at the root, which is all stacks at once', async () => {
  expect(await targetsByFolder([addStack('.', 'loadlab')])).toEqual({});
});

it('applies without planning or synthesizing again: what was reviewed is applied, or nothing', async () => {
  const targets = await targetsByFolder([addStack('packages/network', 'network')]);
  expect(targets['packages/network']?.apply?.dependsOn).toEqual(['^apply']);
});
