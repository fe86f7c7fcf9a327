import type { ConfiguredModule, PlanJson } from '../plan/plan-json';
import { withoutKeys } from './dependents';

/** Providers add tags of their own to what the code says (`default_tags`), so both names are always the code's. */
const TAGS = ['tags', 'tags_all'];

/**
 * Which attributes and blocks of a resource the code sets, by the address of an instance; undefined for a resource that the code does not
 * know. Everything else is for the provider to fill in.
 */
export function configuredAttributes(plan: PlanJson): (address: string) => ReadonlySet<string> | undefined {
  const known = new Map<string, ReadonlySet<string>>();
  const visit = (prefix: string, module: ConfiguredModule): void => {
    for (const { address, expressions } of module.resources ?? [])
      known.set(`${prefix}${address}`, new Set([...Object.keys(expressions ?? {}), ...TAGS]));
    for (const [name, { module: called }] of Object.entries(module.module_calls ?? {}))
      if (called !== undefined) visit(`${prefix}module.${name}.`, called);
  };
  visit('', plan.configuration?.root_module ?? {});
  return (address) => known.get(withoutKeys(address));
}
