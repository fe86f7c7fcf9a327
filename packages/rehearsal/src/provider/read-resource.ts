import type { AccountView } from '../account/account-view';
import { isValues, type KnownValues, type Values } from '../protocol/value';
import { Attributes } from '../protocol/attributes';
import type { ResourceType } from '../resources/resource-type';
import { conformBlock } from '../schemas/conform';
import type { Block } from '../schemas/schema';
import type { ProviderConfiguration } from './configuration';
import { asState, idOf } from './identity';
import { fromAccount } from './stored-attributes';

/** What the account says now; null when the resource is gone. */
export function readResource(
  type: ResourceType,
  block: Block,
  provider: ProviderConfiguration,
  account: AccountView,
  current: Values,
): KnownValues | null {
  if (type.intangible === true) return asState(block, current);
  const region = type.global === true ? 'global' : new Attributes(current).text('region') || provider.region;
  const found = account.get(type.type, idOf(type, current), region);
  if (found === undefined) return null;
  const resource = { ...found, attributes: { ...found.attributes, ...type.read?.(found, account) } };
  return asState(block, fromAccount(type, block, provider, resource, isImport(current) ? null : current));
}

/**
 * The state that an import begins with: no more than the id, which reading completes. `ID@REGION` names a region other
 * than the provider's.
 */
export function importState(type: ResourceType, block: Block, given: string, account: AccountView): Values {
  const [, name = given, region] = /^(.+)@([a-z]{2}-[a-z-]+-\d)$/.exec(given) ?? [];
  const id = type.importId?.(name, account) ?? name;
  return conformBlock(block, { id, ...(region === undefined ? {} : { region }) });
}

/** A state that has nothing but its id comes from an import. */
function isImport(state: Values): boolean {
  return Object.entries(state).every(
    ([name, value]) =>
      name === 'id' ||
      name === 'region' ||
      value === null ||
      (Array.isArray(value) && value.length === 0) ||
      (isValues(value) && Object.keys(value).length === 0),
  );
}
