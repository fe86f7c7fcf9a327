import type { Change, OutputChange } from '../plan/plan-json';
import { diff, type AttributeChange } from '../values/diff';
import { isObject, masked, UNKNOWN } from '../values/masks';
import { isSetAttribute } from './resource-kinds';

/** Both sides of a change, with Terraform's marks put in: what is shown and compared from here on. */
export interface Sides {
  readonly before: unknown;
  readonly after: unknown;
}

/** Puts `(sensitive)` and `(known after apply)` into both sides. */
export function sidesOf(change: Change | OutputChange): Sides {
  return {
    before: masked(change.before, change.before_sensitive, undefined),
    after: masked(change.after, change.after_sensitive, change.after_unknown),
  };
}

/** What differs, with what is known first: computed attributes that only become unknown tell the least. */
export function differences({ before, after }: Sides): AttributeChange[] {
  const all = diff(before, after, isSetAttribute);
  const paths = new Set(all.map(({ path }) => path));
  // All tags are the resource's own and the provider's: the same change need not be read twice.
  const found = all.filter(
    ({ path }) => !paths.has(path.replace(/^tags_all(?=\.|$)/, 'tags')) || !path.startsWith('tags_all'),
  );
  return [
    ...found.filter(({ after: value }) => value !== UNKNOWN),
    ...found.filter(({ after: value }) => value === UNKNOWN),
  ];
}

/** What something new is given: neither what is empty nor what AWS will decide. */
export function givenAttributes(after: unknown): AttributeChange[] {
  if (!isObject(after)) return [];
  return Object.entries(after)
    .filter(([name, value]) => name !== 'tags_all' && !isEmpty(value))
    .map(([path, value]) => ({ path, after: value }));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return isObject(value) && Object.values(value).every(isEmpty);
}
