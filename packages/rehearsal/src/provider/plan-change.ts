import type { AttributePath } from '../protocol/messages';
import { isKnown, isValues, UNKNOWN, type Value, type Values } from '../protocol/value';
import { Attributes } from '../protocol/attributes';
import type { Finding, ResourceType } from '../resources/resource-type';
import type { Block } from '../schemas/schema';
import type { ProviderConfiguration } from './configuration';
import { changedAttributes, replacedPaths } from './differences';
import { planValues } from './plan-values';

export interface PlannedChange {
  readonly planned: Values;
  /** What cannot be changed in place. */
  readonly replace: readonly AttributePath[];
  readonly findings: readonly Finding[];
}

/** Plans a new object, or the change of an existing one, as the real provider does. */
export function planChange(
  type: ResourceType,
  block: Block,
  provider: ProviderConfiguration,
  prior: Values | null,
  proposed: Values,
  config: Values,
): PlannedChange {
  const tables = { defaults: type.defaults ?? {}, computedBlocks: new Set(type.computedBlocks ?? []) };
  const planned = planValues(block, tables, proposed, prior);
  if (block.attributes.region !== undefined && config.region === null) planned.region = provider.region;
  if (block.attributes.tags_all !== undefined) planned.tags_all = allTags(provider, planned.tags ?? null);

  const changed = prior === null ? new Set<string>() : changedAttributes(block, prior, planned);
  const extra =
    type.plan?.({
      prior: prior === null ? undefined : new Attributes(prior),
      planned: new Attributes(planned),
      config: new Attributes(config),
      changed,
    }) ?? {};
  Object.assign(planned, extra.values ?? {});
  for (const name of extra.unknown ?? []) planned[name] = UNKNOWN;

  const replacing = [...(type.forceNew ?? []), ...(extra.replace ?? [])];
  if (block.attributes.region !== undefined) replacing.push('region');
  const replace = prior === null ? [] : replacedPaths(block, [...new Set(replacing)], prior, planned);
  return { planned, replace, findings: extra.findings ?? [] };
}

/** The provider's default tags with the resource's own on top; unknown as long as one of them is. */
function allTags(provider: ProviderConfiguration, tags: Value): Value {
  if (!isKnown(tags)) return UNKNOWN;
  return { ...provider.defaultTags, ...(isValues(tags) ? tags : {}) };
}
