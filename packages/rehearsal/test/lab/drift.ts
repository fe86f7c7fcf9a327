import type { AccountResource } from '../../src/account/account-document';
import type { AccountDraft, AccountView } from '../../src/account/account-view';
import type { Known } from '../../src/protocol/value';
import { checkUnused } from '../../src/provider/references';
import { resourceTypes } from '../../src/resources/registry';
import type { ResourceType } from '../../src/resources/resource-type';
import type { TerraformState } from './scenery';

const types: ReadonlyMap<string, ResourceType> = new Map(resourceTypes.map((type) => [type.type, type]));

/** One resource of a state, and what the account has of it. */
export interface Tracked {
  readonly stack: string;
  readonly address: string;
  readonly resource: AccountResource;
}

/** An attribute that somebody changes by hand. */
export interface Drift extends Tracked {
  readonly attribute: string;
  readonly value: Known;
}

/** What a synthesized stack says about each resource, by type and name. */
export type Configured = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** Everything of a stack that is both in its state and in the account. */
export function tracked(stack: string, state: TerraformState | undefined, account: AccountView): Tracked[] {
  return (state?.resources ?? [])
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ type, name, instances }) =>
      instances.flatMap(({ attributes }) => {
        const resource = account.ofType(type).find(({ id, attributes: { arn = id } }) =>
          // Many have no ARN: that is nothing they have in common.
          [attributes.id, attributes.arn ?? attributes.id].some((own) => own === id || own === arn),
        );
        return resource === undefined ? [] : [{ stack, address: `${type}.${name}`, resource }];
      }),
    );
}

/** An edit that changes what the stack asks for, in place; undefined when nothing plain is asked for. */
export function editOf({ stack, address, resource }: Tracked, configured: Configured): Drift | undefined {
  const type = types.get(resource.type);
  const [, name = ''] = address.split('.');
  const asked = configured[resource.type]?.[name] ?? {};
  for (const [attribute, value] of Object.entries(asked)) {
    const fixed = [...(type?.forceNew ?? []), ...(type?.onlyInState ?? []), 'region', 'name', 'depends_on'];
    if (fixed.includes(attribute) || !(attribute in resource.attributes)) continue;
    const other = otherThan(resource.attributes[attribute] ?? null, value);
    if (other !== undefined) return { stack, address, resource, attribute, value: other };
  }
  // A tag is asked for, too, wherever there are any.
  const { tags } = resource.attributes;
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) return undefined;
  return { stack, address, resource, attribute: 'tags', value: { ...tags, stack: 'by hand' } };
}

/** True when AWS would let somebody delete it: nobody uses it. */
export function isDeletable({ resource }: Tracked, account: AccountView): boolean {
  const type = types.get(resource.type);
  if (type === undefined || type.keepOnDelete?.length === 0) return false;
  try {
    checkUnused(types, type, resource, account);
    return true;
  } catch {
    return false;
  }
}

/** Deletes something as AWS does: a secret goes with its versions. */
export function deleteByHand(account: AccountDraft, resource: AccountResource): void {
  account.remove(resource);
  for (const version of account.ofType('aws_secretsmanager_secret_version'))
    if (version.attributes.secret_id === resource.id) account.remove(version);
}

function otherThan(seen: Known, asked: unknown): Known | undefined {
  if (typeof seen === 'boolean') return !seen;
  // Downwards, since some things, storage for one, can only grow again.
  if (typeof seen === 'number') return seen > 1 ? seen - 1 : seen + 1;
  const isPlain = typeof seen === 'string' && typeof asked === 'string' && seen === asked;
  return isPlain && !/^[[{]/.test(seen) ? `${seen}-by-hand` : undefined;
}
