import type { AccountResource } from '@loadlab/rehearsal';

/** What everything else stands on: a thing that refers to it and to another stack belongs to the other one. */
const GROUND = 'network';
/** A rule of a policy of a file system of a stack: nothing is further away from what carries its stack's tag. */
const STEPS = 3;

/**
 * Which stack made each thing, by its id: the tag that every stack puts on what it makes, and for what cannot be tagged (a policy, a
 * route, a mount target) the stack of what it names. Things that name nothing of a stack are left out.
 */
export function stacksOf(resources: readonly AccountResource[]): ReadonlyMap<AccountResource, string> {
  const stacks = new Map<AccountResource, string>();
  for (const resource of resources) {
    const stack = tagOf(resource, 'stack');
    if (stack !== undefined) stacks.set(resource, stack);
  }
  for (let step = 0; step < STEPS; step++) {
    const owners = new Map(
      [...stacks].flatMap(([resource, stack]) => handles(resource).map((handle) => [handle, stack])),
    );
    for (const resource of resources) {
      if (stacks.has(resource)) continue;
      const named = [...new Set(texts(resource.attributes).flatMap((text) => owners.get(text) ?? []))];
      const stack = named.find((name) => name !== GROUND) ?? named[0];
      if (stack !== undefined) stacks.set(resource, stack);
    }
  }
  return stacks;
}

/** A tag of a resource. */
export function tagOf({ attributes }: AccountResource, key: string): string | undefined {
  const { tags } = attributes;
  if (typeof tags !== 'object' || tags === null) return undefined;
  const found: unknown = Object.entries(tags).find(([name]) => name === key)?.[1];
  return typeof found === 'string' ? found : undefined;
}

/** Under what others refer to it. */
function handles({ id, attributes }: AccountResource): string[] {
  return [id, attributes.arn, attributes.name].filter((value) => typeof value === 'string');
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(texts);
}
