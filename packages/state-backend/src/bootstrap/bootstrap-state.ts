import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, workspaceRoot, type Environment } from '@loadlab/foundation';
import { labApp } from '@loadlab/foundation/stack';
import { StateBackendStack } from '../stack';
import { failureOf, isMissingBucket } from './explain-failure';
import { installedTerraform, type Terraform, type TerraformResult } from './terraform';

/**
 * `created`: the bucket is new, and its state lies in it. `finished`: an earlier run had died on the way, and this one
 * went on. `there`: nothing to do, this environment's state of it is in it. `foreign`: nothing to do, the bucket exists,
 * but another environment (or a person) looks after it.
 */
export type BootstrapOutcome = 'created' | 'finished' | 'there' | 'foreign';

/** How to go about it. */
export interface BootstrapOptions {
  /** Told of each step, for a person who waits. */
  readonly onStep?: (step: string) => void;
  /** @default - the installed one */
  readonly terraform?: Terraform;
  /** Where the bucket's state lies until there is a bucket. @default - `.loadlab/bootstrap/<environment>/<bucket>` */
  readonly folder?: string;
}

/** While this file is there, the stack keeps its state beside itself, not in the bucket that it is about to make. */
const OVERRIDE = 'bootstrap_override.tf.json';
const LOCAL_STATE = 'bootstrap.tfstate';

/**
 * Makes the bucket that holds an environment's states, with its own state on this machine at first, then moved into it.
 * May be repeated at any time: it finds out how far things are, and does what is left to do.
 * @throws {InputError} when the environment's states are not in S3, or a step of Terraform fails
 */
export async function bootstrapState(
  environment: Environment,
  options: BootstrapOptions = {},
): Promise<BootstrapOutcome> {
  const { onStep = () => undefined, terraform = installedTerraform } = options;
  const bucket = environment.backend.s3?.bucket;
  if (bucket === undefined) throw notInS3(environment);
  const folder = options.folder ?? join(workspaceRoot(), '.loadlab', 'bootstrap', environment.name, bucket);
  const stack = synthesize(environment, folder);
  const localState = join(stack, LOCAL_STATE);
  const run = async (...args: readonly string[]): Promise<TerraformResult> => terraform(stack, args);
  const must = async (...args: readonly string[]): Promise<TerraformResult> => {
    const result = await run(...args);
    if (result.code !== 0) throw failureOf(args[0] ?? '', result);
    return result;
  };

  const isEmpty = async (): Promise<boolean> => {
    const result = await run('state', 'list');
    if (result.stderr.includes('No state file was found')) return true;
    if (result.code !== 0) throw failureOf('state list', result);
    return result.stdout.trim() === '';
  };

  onStep(`looking for the bucket ${bucket}`);
  rmSync(join(stack, OVERRIDE), { force: true });
  const probe = await run('init', '-input=false', '-no-color', '-reconfigure');
  const begun = existsSync(localState);
  if (probe.code === 0) {
    if (!(await isEmpty())) {
      rmSync(localState, { force: true });
      return 'there';
    }
    if (!begun) return 'foreign';
  } else if (!isMissingBucket(probe)) {
    throw failureOf('init', probe);
  }

  onStep(begun ? 'going on where an earlier run stopped' : `making the bucket ${bucket}`);
  writeFileSync(join(stack, OVERRIDE), JSON.stringify({ terraform: { backend: { local: { path: LOCAL_STATE } } } }));
  await must('init', '-input=false', '-no-color', '-reconfigure');
  await must('apply', '-input=false', '-no-color', '-auto-approve');
  onStep('moving its state into it');
  rmSync(join(stack, OVERRIDE));
  await must('init', '-input=false', '-no-color', '-migrate-state', '-force-copy');
  if (await isEmpty()) throw notMoved(localState);
  rmSync(localState, { force: true });
  return begun ? 'finished' : 'created';
}

/** Writes the stack into the folder, in which an earlier run may have left its local state. @returns the stack's own folder */
function synthesize(environment: Environment, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const app = labApp({ outdir: folder });
  const stack = new StateBackendStack(app, environment);
  app.synth();
  return join(folder, 'stacks', stack.node.id);
}

function notInS3({ name, file, backend }: Environment): InputError {
  const kind = Object.keys(backend).join();
  return new InputError([
    {
      file,
      path: 'backend',
      message: `${name} keeps its states in ${kind}, which is not ours to make`,
      hint: kind === 'local' ? 'nothing to do: a folder needs no bootstrapping' : 'make it with its own tools, once',
    },
  ]);
}

function notMoved(localState: string): InputError {
  return new InputError([
    {
      file: localState,
      path: '',
      message: 'Terraform said that it moved this state into the bucket, but there is none',
      hint: 'keep the file, and repeat the command',
    },
  ]);
}
