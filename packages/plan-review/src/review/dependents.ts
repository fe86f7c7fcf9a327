import type { PlanJson } from '../plan/plan-json';
import { isObject } from '../values/masks';

/** Who refers to whom in a stack's configuration: for each address, the addresses that directly refer to it, sorted. */
export function dependentsOf(plan: PlanJson): ReadonlyMap<string, readonly string[]> {
  const resources = plan.configuration?.root_module?.resources ?? [];
  const known = new Set(resources.map((resource) => resource.address));
  const dependents = new Map<string, Set<string>>();
  for (const { address, expressions, depends_on: dependsOn } of resources) {
    for (const reference of new Set([...references(expressions), ...(dependsOn ?? [])])) {
      const target = resourceOf(reference, known);
      if (target === undefined || target === address) continue;
      dependents.set(target, (dependents.get(target) ?? new Set()).add(address));
    }
  }
  return new Map([...dependents].map(([address, set]) => [address, [...set].sort()]));
}

/** All that would feel a change of an address, directly or through others, nearest first. */
export function downstream(address: string, dependents: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set<string>([address]);
  const queue = [address];
  for (let current = queue.shift(); current !== undefined; current = queue.shift()) {
    for (const dependent of dependents.get(current) ?? []) {
      if (seen.has(dependent)) continue;
      seen.add(dependent);
      queue.push(dependent);
    }
  }
  seen.delete(address);
  return [...seen];
}

/** An address without the index of an instance: `aws_subnet.app[0]` and `aws_subnet.app["a"]` are configured as `aws_subnet.app`. */
export function configuredAddress(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, '');
}

function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isObject(value)) return [];
  const own = Array.isArray(value.references)
    ? value.references.filter((reference): reference is string => typeof reference === 'string')
    : [];
  return [...own, ...Object.values(value).flatMap(references)];
}

/** `aws_vpc.main.id` -> `aws_vpc.main`; `data.aws_region.now.region` -> `data.aws_region.now`. */
function resourceOf(reference: string, known: ReadonlySet<string>): string | undefined {
  const parts = reference.replace(/\[[^\]]*\]/g, '').split('.');
  const address = parts.slice(0, parts[0] === 'data' ? 3 : 2).join('.');
  return known.has(address) ? address : undefined;
}
