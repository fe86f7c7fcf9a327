import { existsSync } from 'node:fs';
import { InputError } from '@loadlab/foundation';
import { Account, drawAccount, type AccountResource } from '@loadlab/rehearsal';
import Table from 'cli-table3';
import { NO_LINES } from '../diagnosis-table';

/** What exists in a pretend account: a picture of its networks, and a line for each thing. @throws {InputError} when there is no account yet */
export function accountTable(file: string): string {
  if (!existsSync(file))
    throw new InputError([
      { file, path: '', message: 'there is no account yet', hint: 'loadlab rehearse deploy makes one' },
    ]);
  const account = new Account(file).read();
  const resources = account.all();
  const table = new Table({
    head: ['stack', 'type', 'name', 'id'],
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  const rows = resources.map((resource) => [
    stackOf(resource),
    resource.type,
    nameOf(resource),
    resource.id.length > 60 ? `${resource.id.slice(0, 59)}…` : resource.id,
  ]);
  for (const row of rows.sort((left, right) => left.join(' ').localeCompare(right.join(' ')))) table.push(row);
  return `${drawAccount(account)}\n${table.toString()}\n${resources.length} ${resources.length === 1 ? 'thing exists' : 'things exist'} in the account\n`;
}

/** How many things each stack has in the account. */
export function accountStatus(file: string): string {
  if (!existsSync(file)) return 'Nothing was deployed: there is no account yet.\n';
  const counts = new Map<string, number>();
  for (const resource of new Account(file).read().all())
    counts.set(stackOf(resource), (counts.get(stackOf(resource)) ?? 0) + 1);
  if (counts.size === 0) return 'The account is empty.\n';
  return [...counts]
    .sort()
    .map(([stack, count]) => `${stack.padEnd(16)} ${count}\n`)
    .join('');
}

/** By the tag that every stack puts on what it makes; what cannot be tagged belongs to something that is. */
function stackOf({ attributes }: AccountResource): string {
  return textAt(attributes.tags, 'stack') ?? '-';
}

function nameOf({ attributes }: AccountResource): string {
  const { name } = attributes;
  return textAt(attributes.tags, 'Name') ?? (typeof name === 'string' ? name : '');
}

function textAt(value: unknown, key: string): string | undefined {
  const found: unknown =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'string' ? found : undefined;
}
