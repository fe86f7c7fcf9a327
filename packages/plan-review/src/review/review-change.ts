import { accessChange } from '../access/access-change';
import type { ResourceChange } from '../plan/plan-json';
import type { GovernedChange } from '../policy/apply-policies';
import { isObject, own } from '../values/masks';
import { actionOf, createsBeforeDestroying, isImported } from './action';
import type { Felt } from './dependents';
import type { ReviewedChange } from './review-schema';
import { aftermathOf } from './interruptions';
import { judge } from './risk';
import { differences, givenAttributes, sidesOf, type Sides } from './sides';

/** The output of a `terraform_data` is its input again. */
const MIRROR = /^output(?:$|[.[#])/;

/** True for what a reviewer has to see: an action, or a move or an import without one. */
export function isChange(change: ResourceChange): boolean {
  return actionOf(change) !== 'no-op' || change.previous_address !== undefined || isImported(change);
}

/** Reviews the change of one resource; `feltBy` finds what hangs on it. */
export function reviewChange(
  stack: string,
  resource: ResourceChange,
  feltBy: (address: string) => Felt,
): GovernedChange {
  const action = actionOf(resource);
  const sides = sidesOf(resource.change);
  const { address, type } = resource;
  const { opened, ...access } = accessChange({ type, before: sides.before, after: sides.after });
  const attributes = attributesOf(action, sides).filter(({ path }) => type !== 'terraform_data' || !MIRROR.test(path));
  const { interrupts, waiting } = aftermathOf(type, action, attributes, sides);
  const facts = {
    address,
    type,
    action,
    attributes,
    interrupts: [...interrupts],
    ...access,
    ...(resource.previous_address === undefined ? {} : { movedFrom: resource.previous_address }),
    ...(isImported(resource) ? { importedAs: importedId(resource) } : {}),
  };
  const felt = isFelt(action) ? feltBy(address) : { nearest: [], count: 0 };
  const change: ReviewedChange = {
    stack,
    ...facts,
    widened: [...access.widened],
    narrowed: [...access.narrowed],
    ...judge({ ...facts, isDeposed: resource.deposed !== undefined }),
    replacedBecause: (resource.change.replace_paths ?? []).map(formatReplacePath),
    downstream: [...felt.nearest],
    downstreamCount: felt.count,
    notes: [
      ...waiting,
      ...opened,
      ...reasonNotes(resource),
      ...(createsBeforeDestroying(resource) ? ['the new one stands before the old one goes'] : []),
    ],
  };
  return { change, tags: tagsOf(sides) };
}

function attributesOf(action: ReviewedChange['action'], sides: Sides): ReviewedChange['attributes'] {
  if (action === 'create') return givenAttributes(sides.after);
  return action === 'delete' || action === 'forget' ? [] : differences(sides);
}

/** What is new is felt by nobody yet, and what only moves is not felt at all. */
function isFelt(action: ReviewedChange['action']): boolean {
  return action !== 'create' && action !== 'no-op';
}

function tagsOf({ before, after }: Sides): GovernedChange['tags'] {
  const side = isObject(after) ? after : before;
  if (!isObject(side) || !('tags' in side || 'tags_all' in side)) return undefined;
  return { ...(isObject(side.tags) ? side.tags : {}), ...(isObject(side.tags_all) ? side.tags_all : {}) };
}

function importedId({ change: { importing } }: ResourceChange): string {
  const { id, identity } = importing ?? {};
  return id ?? (identity === undefined ? 'an id known only after apply' : JSON.stringify(identity));
}

/** Terraform's own reasons that a reviewer would ask for; those that replacedBecause says already are left out. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'an earlier apply of it failed halfway, or somebody tainted it, so it is made anew',
  replace_by_request: 'its replacement was asked for (-replace)',
  replace_by_triggers: 'something that it is to follow changed (replace_triggered_by)',
  delete_because_no_resource_config: 'it stands in the configuration no more',
  delete_because_no_module: 'its module stands in the configuration no more',
  delete_because_wrong_repetition: 'count or for_each came or went',
  delete_because_count_index: 'count became smaller',
  delete_because_each_key: 'its key left for_each',
  delete_because_no_move_target: 'it was moved to where nothing is configured',
  read_because_config_unknown: 'what it is asked is known only during the apply',
  read_because_dependency_pending: 'what it depends on changes first',
  read_because_check_nested: 'a check reads it during the apply',
};

/** Terraform's reason for an action, in words. */
export function reasonOf({ action_reason: reason }: ResourceChange): string | undefined {
  return own(REASONS, reason ?? '');
}

function reasonNotes(resource: ResourceChange): string[] {
  const reason = reasonOf(resource);
  return [
    ...(reason === undefined ? [] : [reason]),
    ...(resource.deposed === undefined
      ? []
      : [`left over from a replacement that failed halfway (${resource.deposed})`]),
  ];
}

function formatReplacePath(path: readonly (string | number)[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`))
    .join('');
}
