import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError } from '@loadlab/foundation';
import { z } from 'zod';
import { firstError } from './explain-failure';
import { STACK } from './plan-files';
import type { StateIdentity } from './plan-manifest';
import type { Terraform } from './terraform';

const stateSchema = z.object({ lineage: z.string(), serial: z.number().int() });

const stackSchema = z.object({
  data: z
    .object({
      terraform_remote_state: z
        .record(z.string(), z.object({ backend: z.string(), config: z.record(z.string(), z.unknown()) }))
        .optional(),
    })
    .optional(),
  provider: z
    .object({ aws: z.array(z.object({ allowed_account_ids: z.array(z.string()).optional() })).optional() })
    .optional(),
});

/** A state that a stack reads: Terraform's backend and its settings. */
export interface Upstream {
  readonly name: string;
  readonly backend: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the outputs that the stack reads; undefined where that cannot be told: any of them, then. */
  readonly outputs: readonly string[] | undefined;
}

/** What a synthesized stack says of itself. */
export interface StackFacts {
  /** The states that it reads. */
  readonly upstream: readonly Upstream[];
  /** Whether it makes anything in AWS. */
  readonly usesAws: boolean;
  /** The account that it insists on; any other is refused by the provider. */
  readonly account: string | null;
}

/** What a synthesized stack reads from others, and which account it insists on. */
export function readStack(folder: string): StackFacts {
  const text = readFileSync(path.join(folder, STACK), 'utf8');
  const stack = stackSchema.parse(JSON.parse(text));
  const readers = Object.entries(stack.data?.terraform_remote_state ?? {});
  return {
    upstream: readers.map(([name, reader]) => ({ name, ...reader, outputs: outputsRead(name, text) })),
    usesAws: stack.provider?.aws !== undefined,
    account: stack.provider?.aws?.[0]?.allowed_account_ids?.[0] ?? null,
  };
}

/** `data.terraform_remote_state.NAME.outputs` and what follows: `.vpcId`, `["vpcId"]` with the quotes of JSON, or something else. */
const READ = /\bdata\.terraform_remote_state\.([\w-]+)(?:\.outputs(?:\.([\w-]+)|\[\\?"([^"\\]+)\\?"\])?)?/g;

function outputsRead(name: string, stack: string): readonly string[] | undefined {
  const own = [...stack.matchAll(READ)].filter(([, reader]) => reader === name);
  const names = own.map(([, , plain, quoted]) => plain ?? quoted);
  return names.some((output) => output === undefined)
    ? undefined
    : [...new Set(names.filter((output) => output !== undefined))];
}

/** The identity of the state that an initialised folder works on; undefined when there is none yet. @throws {InputError} when it cannot be read */
export async function ownState(folder: string, terraform: Terraform): Promise<StateIdentity | undefined> {
  const pulled = await terraform(folder, ['state', 'pull'], { capture: true });
  if (pulled.code !== 0)
    throw new InputError([
      {
        file: folder,
        path: '',
        message: `its state cannot be read: ${firstError(pulled.errors) ?? 'Terraform says why above'}`,
        hint: 'is the backend reachable?',
      },
    ]);
  if (pulled.output.trim() === '') return undefined;
  const identity = stateSchema.parse(JSON.parse(pulled.output));
  // What S3 does not have yet is shown as an empty state, which belongs to no lineage.
  return identity.lineage === '' ? undefined : identity;
}

/**
 * The identity of a state that a stack reads. Terraform itself reads it, from a folder that holds nothing but the backend, so every
 * backend works; a `local` one is found as seen from the stack's own folder.
 */
export async function upstreamState(
  stackFolder: string,
  { backend, config }: Upstream,
  terraform: Terraform,
): Promise<StateIdentity | undefined> {
  const folder = mkdtempSync(path.join(tmpdir(), 'loadlab-upstream-'));
  try {
    const settings =
      backend === 'local' && typeof config.path === 'string'
        ? { ...config, path: path.resolve(stackFolder, config.path) }
        : config;
    writeFileSync(
      path.join(folder, 'main.tf.json'),
      JSON.stringify({ terraform: { backend: { [backend]: settings } } }),
    );
    const init = await terraform(folder, ['init', '-input=false'], { capture: true });
    if (init.code !== 0)
      throw new InputError([
        {
          file: stackFolder,
          path: '',
          message: `a state that it reads cannot be reached: ${firstError(init.errors) ?? 'Terraform says why above'}`,
          hint: 'is the backend reachable, and may these credentials read it?',
        },
      ]);
    return await ownState(folder, terraform);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
