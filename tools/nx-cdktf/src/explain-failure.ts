import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { InputError } from '@loadlab/foundation';
import type { TerraformResult } from './terraform';

/** Who holds the lock of a state. */
export interface StateLock {
  readonly id: string;
  readonly who: string;
  /** As Terraform writes it: `2026-11-27 13:45:22.676808099 +0000 UTC`. */
  readonly since: string;
  readonly operation: string;
}

/** What Terraform says of a lock that it could not get; undefined when it failed for another reason. */
export function lockIn(errors: string): StateLock | undefined {
  const text = plain(errors);
  if (!text.includes('Error acquiring the state lock')) return undefined;
  const field = (name: string): string => new RegExp(`^\\s*${name}:[ \\t]*(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  return {
    id: field('ID'),
    who: field('Who'),
    since: field('Created'),
    operation: field('Operation').replace('OperationType', '').toLowerCase(),
  };
}

/** Stops when a state is locked by somebody: nothing was changed then, and the lock is theirs to give back. @throws {InputError} */
export function refuseLocked(
  stack: { readonly id: string; readonly folder: string },
  { code, errors }: TerraformResult,
): void {
  const lock = code === 0 ? undefined : lockIn(errors);
  if (lock === undefined) return;
  const holder = lock.who === '' ? 'somebody' : lock.who;
  throw new InputError([
    {
      file: stack.id,
      path: '',
      message: `its state is locked by ${holder} since ${lock.since === '' ? '(unknown)' : lock.since}${lock.operation === '' ? '' : ` (${lock.operation})`}`,
      hint: `wait until it ends, then try again; if that run is dead: terraform -chdir=${stack.folder} force-unlock ${lock.id}`,
    },
  ]);
}

/** A folder that Terraform could not prepare: backend out of reach, no such bucket, no credentials, no provider. Nothing was started. */
export function notInitialised(
  { id, folder }: { readonly id: string; readonly folder: string },
  { errors }: TerraformResult,
): InputError {
  // The folder remembers the backend of an earlier start, before somebody changed the environment's.
  const hasMoved = plain(errors).includes('Backend configuration changed');
  return new InputError([
    {
      file: id,
      path: '',
      message: `Terraform cannot start on it: ${firstError(errors) ?? 'see above'}`,
      hint: hasMoved
        ? `a new start: rm -r ${path.join(folder, '.terraform')}; its state taken along: terraform -chdir=${folder} init -migrate-state`
        : 'is the backend reachable, and are there credentials? npx loadlab doctor --environment NAME looks',
    },
  ]);
}

/** The first error that Terraform printed, as one line with its detail. */
export function firstError(errors: string): string | undefined {
  const [, after = ''] = /Error: ([\s\S]*)/.exec(plain(errors)) ?? [];
  const words = after
    .split(/\n\s*\n\s*\n|\nError: /)[0]
    ?.replace(/\s+/g, ' ')
    .trim();
  if (words === undefined || words === '') return undefined;
  return words.length > 300 ? `${words.slice(0, 299)}…` : words;
}

/** Without colours and without the frame that Terraform draws around messages. */
function plain(errors: string): string {
  return stripVTControlCharacters(errors).replace(/^[│╷╵][ \t]?/gm, '');
}
