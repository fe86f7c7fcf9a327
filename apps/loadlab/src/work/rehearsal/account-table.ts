import { existsSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '@loadlab/foundation';
import { Account, drawAccount, type AccountResource } from '@loadlab/rehearsal';
import { stacksOf, tagOf } from './stack-of';

/** In place of a stack's name, for what no stack made. */
const NO_STACK = 'of no stack';

/**
 * What exists in a pretend account: a picture of its networks, and each stack's things.
 * @param file the account's
 * @param width columns of the terminal; names that are longer are cut
 * @throws {InputError} when there is no account yet
 */
export function accountTable(file: string, width: number): string {
  if (!existsSync(file))
    throw new InputError([
      { file, path: '', message: 'there is no account yet', hint: 'loadlab rehearse deploy makes one' },
    ]);
  const account = new Account(file).read();
  const resources = account.all();
  const typeWidth = Math.max(0, ...resources.map((resource) => kindOf(resource).length));
  const row = (resource: AccountResource): string =>
    `  ${kindOf(resource).padEnd(typeWidth)}  ${shorten(nameOf(resource), width - typeWidth - 4)}\n`;
  const tables = [...byStack(resources)].map(
    ([stack, own]) => `${stack}: ${count(own)}\n${own.map(row).sort().join('')}\n`,
  );
  return `${drawAccount(account)}\n${tables.join('')}${count(resources)} in the account ${path.relative(process.cwd(), file)}\n`;
}

/** How many things each stack has in the account. */
export function accountStatus(file: string): string {
  if (!existsSync(file)) return 'Nothing was deployed: there is no account yet.\n';
  const resources = new Account(file).read().all();
  if (resources.length === 0) return 'The account is empty.\n';
  const lines = [...byStack(resources)].map(
    ([stack, own]) => `${stack.padEnd(16)} ${String(own.length).padStart(4)}\n`,
  );
  return `${lines.join('')}${'in all'.padEnd(16)} ${String(resources.length).padStart(4)}\n`;
}

function byStack(resources: readonly AccountResource[]): Map<string, AccountResource[]> {
  const stacks = stacksOf(resources);
  const nameOfStack = (resource: AccountResource): string => stacks.get(resource) ?? NO_STACK;
  const names = [...new Set(resources.map(nameOfStack))].sort();
  return new Map(names.map((name) => [name, resources.filter((resource) => nameOfStack(resource) === name)]));
}

/** Terraform's type without the provider, which is always the same. */
function kindOf({ type }: AccountResource): string {
  return type.replace(/^aws_/, '');
}

/** Its name where it has one, and its id where that says more. */
function nameOf(resource: AccountResource): string {
  const { id, attributes } = resource;
  const named = [attributes.name, attributes.identifier].find((value) => typeof value === 'string');
  const name = tagOf(resource, 'Name') ?? named;
  // Of an ARN only the end is one's own.
  const own = id.startsWith('arn:') ? id.split(':').slice(5).join(':') : id;
  return name === undefined || own.includes(name) ? own : `${name}  ${own}`;
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, Math.max(1, length - 1))}…` : text;
}

function count(resources: readonly AccountResource[]): string {
  return `${resources.length} ${resources.length === 1 ? 'thing' : 'things'}`;
}
