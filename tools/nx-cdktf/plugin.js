'use strict';
/**
 * Nx plugin: every folder with a cdktf.json is a stack and gets the targets of one. Plain JavaScript, since Nx loads it before any
 * TypeScript loader.
 *
 * The environment is chosen by LOADLAB_ENVIRONMENT, read here, so the daemon must not serve this workspace (nx.json switches it off):
 * it would go on with the environment of whoever started it.
 */
const fs = require('fs');
const path = require('path');
const { createNodesFromFiles } = require('@nx/devkit');

/** Its state is what all others lie in: it is bootstrapped by `loadlab state bootstrap`, never by a deployment of everything. */
const BOOTSTRAPPED = 'state-backend';

/** A stack is seen by others only through its contract: by its source when they are judged, by its code when they run. */
const NAMED_INPUTS = {
  seenByStacks: ['{projectRoot}/src/contract.ts', '{projectRoot}/{package,tsconfig}.json'],
  runByStacks: ['{projectRoot}/package.json'],
};

function targetsOf({ name, folder, app, consumers, publishes }) {
  const run = `tsx ${path.posix.join(path.posix.relative(folder, '.'), 'tools/nx-cdktf/src/main.ts')}`;
  const environment = process.env.LOADLAB_ENVIRONMENT || 'benchmark';
  const inStack = { cwd: '{projectRoot}' };
  // Terraform locks each state, and people read its output: one at a time.
  const terraform = (verb, more = {}) => ({
    executor: 'nx:run-commands',
    cache: false,
    parallelism: false,
    options: { command: `${run} ${verb}`, ...inStack, forwardAllArgs: true },
    ...more,
  });
  const synth = {
    executor: 'nx:run-commands',
    cache: true,
    options: { command: app, ...inStack },
    dependsOn: ['^contract'],
    inputs: [
      'production',
      '^runByStacks',
      { dependentTasksOutputFiles: '**/dist/contract.js' },
      ...publishes.map((project) => ({ projects: [project], input: 'production' })),
      '{workspaceRoot}/tools/nx-cdktf/plugin.js',
      `{workspaceRoot}/environments/${environment}/**/*`,
      { env: 'LOADLAB_ENVIRONMENT' },
      { externalDependencies: ['cdktf', '@cdktf/provider-aws', 'constructs', 'tsx', 'esbuild'] },
    ],
    // Not the whole folder: plans and Terraform's own files lie beside a synthesized stack, and must outlive a restored one.
    outputs: [
      '{projectRoot}/cdktf.out/manifest.json',
      '{projectRoot}/cdktf.out/stacks/*/cdk.tf.json',
      '{projectRoot}/cdktf.out/stacks/*/assets',
      '{projectRoot}/cdktf.out/stacks/*/.terraform.lock.hcl',
    ],
    metadata: { description: 'Synthesize the stack into cdktf.out' },
  };
  // What others rely on, without comments and formatting: those who read it are synthesized anew only when this changes.
  const contract = {
    executor: 'nx:run-commands',
    cache: true,
    options: {
      command:
        'esbuild src/contract.ts --bundle --platform=node --external:zod --external:@loadlab/foundation --minify-whitespace --legal-comments=none --log-level=warning --outfile=dist/contract.js',
      ...inStack,
    },
    inputs: [
      '{projectRoot}/src/**/*.ts',
      '!{projectRoot}/**/*.spec.ts',
      '{projectRoot}/{package,tsconfig}.json',
      '{workspaceRoot}/tsconfig.base.json',
      { externalDependencies: ['esbuild'] },
    ],
    outputs: ['{projectRoot}/dist/contract.js'],
    metadata: { description: 'What other stacks may read of this one, as code without comments' },
  };
  const targets = {
    contract,
    synth,
    // After those it reads: only their plans tell whether they are about to change what it reads.
    plan: terraform('plan', {
      dependsOn: ['synth', '^plan'],
      metadata: { description: 'Save a plan beside the synthesized stack' },
    }),
    // The same stacks that a plan and an apply of it concern.
    review: terraform('review', {
      dependsOn: ['^review'],
      metadata: { description: 'Say what the saved plan would do' },
    }),
    drift: terraform('drift', {
      dependsOn: ['synth'],
      metadata: { description: "Write down what was changed behind Terraform's back" },
    }),
    inventory: terraform('inventory', {
      dependsOn: ['synth'],
      metadata: { description: 'Write down what exists, to tell what it costs' },
    }),
    outputs: terraform('outputs', {
      dependsOn: ['synth'],
      metadata: { description: "Print the stack's outputs as JSON" },
    }),
  };
  if (name === BOOTSTRAPPED) return targets;
  return {
    ...targets,
    // Neither plans nor synthesizes: what was reviewed is applied, or nothing.
    apply: terraform('apply', {
      dependsOn: ['^apply'],
      metadata: { description: 'Apply exactly the plan that was reviewed' },
    }),
    deploy: terraform('deploy', {
      dependsOn: ['synth', '^deploy'],
      metadata: { description: 'Deploy the stack after those it reads' },
    }),
    // `deploy` again, but with an offline AWS around it: what it does to an account is done to a file.
    rehearse: {
      executor: 'nx:run-commands',
      cache: false,
      parallelism: false,
      options: { command: `loadlab rehearse -- nx deploy ${name}`, cwd: '{workspaceRoot}' },
      metadata: { description: 'Deploy the stack, after those it reads, onto an offline AWS' },
    },
    // In reverse: whoever reads this stack's outputs goes first.
    destroy: terraform('destroy', {
      dependsOn: ['synth', ...(consumers.length > 0 ? [{ projects: consumers, target: 'destroy' }] : [])],
      metadata: { description: 'Destroy the stack after those that read it' },
    }),
  };
}

/** Who deploys after whom follows from package.json: a stack depends on the stacks whose contracts it imports. */
function readStacks(files, root) {
  const stacks = files
    .filter((file) => path.dirname(file) !== '.')
    .map((file) => {
      const folder = path.dirname(file);
      const manifest = JSON.parse(fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
      const { app } = JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
      return {
        folder,
        app,
        package: manifest.name,
        publishes: (manifest.nx && manifest.nx.implicitDependencies) || [],
        name: (manifest.nx && manifest.nx.name) || manifest.name,
        dependencies: Object.keys(manifest.dependencies || {}),
      };
    });
  const consumersOf = (stack) =>
    stacks
      .filter((other) => other.dependencies.includes(stack.package) && other.name !== BOOTSTRAPPED)
      .map((other) => other.name);
  return new Map(stacks.map((stack) => [stack.folder, { ...stack, consumers: consumersOf(stack) }]));
}

exports.createNodes = [
  '**/cdktf.json',
  (files, options, context) => {
    const stacks = readStacks(files, context.workspaceRoot);
    return createNodesFromFiles(
      (file) => {
        const stack = stacks.get(path.dirname(file));
        // The app at the root is all stacks at once, not a project.
        if (stack === undefined) return {};
        return { projects: { [stack.folder]: { namedInputs: NAMED_INPUTS, targets: targetsOf(stack) } } };
      },
      files,
      options,
      context,
    );
  },
];
