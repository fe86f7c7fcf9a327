import type { AccountResource } from '../account/account-document';
import { canonical, isValues, type Known, type KnownValues, type Value, type Values } from '../protocol/value';
import type { ResourceType } from '../resources/resource-type';
import { conformBlock } from '../schemas/conform';
import type { Block } from '../schemas/schema';
import type { ProviderConfiguration } from './configuration';

/** Kept beside the attributes or made from them. */
const ELSEWHERE = ['region', 'tags_all', 'timeouts'];

/** What AWS would know of a resource in this state. Tags are all tags: AWS has no default ones. */
export function toAccount(type: ResourceType, block: Block, state: KnownValues): KnownValues {
  // Where the provider's id is not what the account goes by, it is an attribute like others.
  const left = new Set([...ELSEWHERE, ...(type.idOf === undefined ? ['id'] : []), ...(type.onlyInState ?? [])]);
  const kept = Object.entries(state).filter(
    ([name, value]) => value !== null && !left.has(name) && block.attributes[name]?.writeOnly !== true,
  );
  const attributes: KnownValues = Object.fromEntries(kept);
  if (block.attributes.tags_all !== undefined) attributes.tags = state.tags_all ?? {};
  return attributes;
}

/** The state that Terraform reads back, given the one that it has (null after an import). */
export function fromAccount(
  type: ResourceType,
  block: Block,
  provider: ProviderConfiguration,
  resource: AccountResource,
  current: Values | null,
): Values {
  const values: Values = { id: resource.id, ...resource.attributes };
  if (block.attributes.region !== undefined) values.region = resource.region;
  const attributes = { ...values, ...tagsOf(block, provider, resource, current) };
  for (const name of [...(type.onlyInState ?? []), 'timeouts']) attributes[name] = current?.[name] ?? null;
  for (const name of type.json ?? []) {
    const known = current?.[name];
    if (typeof known === 'string' && sameJson(known, attributes[name])) attributes[name] = known;
  }
  return conformBlock(block, attributes);
}

/** The provider's default tags are not the resource's own, unless it says the same itself. */
function tagsOf(
  block: Block,
  provider: ProviderConfiguration,
  resource: AccountResource,
  current: Values | null,
): Values {
  if (block.attributes.tags_all === undefined) return {};
  const all = resource.attributes.tags ?? {};
  const tags: KnownValues = isValues(all) ? all : {};
  const before = current?.tags ?? null;
  const written = isValues(before) ? before : {};
  const own = Object.entries(tags).filter(([name, value]) => name in written || provider.defaultTags[name] !== value);
  // No tags at all and an empty map mean the same; what the configuration says is what stays.
  return { tags_all: tags, tags: own.length === 0 && before === null ? null : Object.fromEntries(own) };
}

function sameJson(left: string, right: Value | undefined): boolean {
  if (typeof right !== 'string') return false;
  try {
    return canonical(JSON.parse(left) as Known) === canonical(JSON.parse(right) as Known);
  } catch {
    return false;
  }
}
