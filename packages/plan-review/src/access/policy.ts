import { list, type Opening } from './opening';
import { statementsOf, type Statement } from './policy-document';

/** One right that a statement gives or withholds: who may do what, on what, under which condition. */
class Right implements Opening {
  readonly isAllow: boolean;
  readonly condition: string;
  readonly key: string;
  readonly isWide: boolean;

  constructor(
    { isAllow, condition }: Statement,
    readonly principal: string,
    readonly action: string,
    readonly resource: string,
  ) {
    this.isAllow = isAllow;
    this.condition = condition;
    this.key = [isAllow, principal, action.toLowerCase(), resource, condition].join('\0');
    this.isWide = isAllow && isWide(principal, action, condition);
  }

  /** Made when asked for: rights are mostly said several in a sentence. */
  get words(): string {
    return rightInWords(this, [this.action]);
  }

  isCoveredBy(other: Opening): boolean {
    return other instanceof Right && covers(other, this);
  }
}

/** More are not told apart: a policy of IAM holds at most 10,240 characters, so only nonsense has so many. */
const MOST_RIGHTS = 20_000;

/** Every right in the policy documents of a resource, one for each principal, action and resource. */
export function policyOpenings(value: Record<string, unknown>): Opening[] {
  const rights: Right[] = [];
  const read = (document: unknown): void => {
    for (const statement of statementsOf(document)) for (const found of rightsOf(statement)) rights.push(found);
  };
  Object.values(value).forEach(read);
  list(value.inline_policy).flatMap(policiesOf).forEach(read);
  return rights.slice(0, MOST_RIGHTS);
}

function policiesOf(block: unknown): unknown[] {
  return typeof block === 'object' && block !== null && 'policy' in block ? [block.policy] : [];
}

function rightsOf(statement: Statement): Right[] {
  const some = (names: readonly string[]): readonly string[] => (names.length === 0 ? [''] : names);
  return some(statement.principals).flatMap((principal) =>
    statement.actions.flatMap((action) =>
      some(statement.resources).map((resource) => new Right(statement, principal, action, resource)),
    ),
  );
}

/** Everybody without a condition, or every action of a service: what a reviewer looks at even in something new. */
function isWide(principal: string, action: string, condition: string): boolean {
  const isAnybody = principal === '*' && condition === '';
  // A resource's policy that gives its own account everything is how AWS wants it (a key's, for instance).
  const isIdentitys = principal === '';
  return isAnybody || (isIdentitys && (action === '*' || action.endsWith(':*') || action.startsWith('!')));
}

function covers(outer: Right, inner: Right): boolean {
  return (outer.condition === '' || outer.condition === inner.condition) && coversIfMet(outer, inner);
}

/** Whether a right gives all that another does, once its condition is met. */
function coversIfMet(outer: Right, inner: Right): boolean {
  return (
    outer.isAllow === inner.isAllow &&
    (outer.principal === inner.principal || outer.principal === '*') &&
    matches(outer.action.toLowerCase(), inner.action.toLowerCase()) &&
    matches(outer.resource, inner.resource)
  );
}

/** IAM's wildcards: `*` is any run of characters, `?` any one. */
function matches(pattern: string, text: string): boolean {
  if (pattern === text) return true;
  if (!/[*?]/.test(pattern) || pattern.startsWith('!') || text.startsWith('!')) return false;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}

/** The condition under which the same right was given before, when it is gone: ` (before only if …)`. */
function lostCondition(found: Right, before: readonly Opening[]): string {
  if (found.condition !== '' || !found.isAllow) return '';
  const earlier = before.find(
    (other): other is Right => other instanceof Right && other.condition !== '' && coversIfMet(other, found),
  );
  return earlier === undefined ? '' : ` (before only if ${earlier.condition})`;
}

/** Rights in as few sentences as say the same: actions of one principal on one resource together. */
export function rightsInWords(openings: readonly Opening[], before: readonly Opening[] = []): string[] {
  const rights = openings.filter((opening) => opening instanceof Right);
  const groups = new Map<string, Right[]>();
  for (const found of rights) {
    const key = JSON.stringify([found.isAllow, found.principal, found.resource, found.condition]);
    groups.set(key, [...(groups.get(key) ?? []), found]);
  }
  return [...groups.values()].flatMap((group) =>
    group[0] === undefined
      ? []
      : [
          `${rightInWords(
            group[0],
            group.map(({ action }) => action),
          )}${lostCondition(group[0], before)}`,
        ],
  );
}

/** More actions than these are counted, not listed. */
const MOST_ACTIONS = 6;

function rightInWords(
  { isAllow, principal, condition, resource }: Pick<Right, 'isAllow' | 'principal' | 'condition' | 'resource'>,
  actions: readonly string[],
): string {
  const who = principal === '' ? '' : ` ${principalInWords(principal)}`;
  const verb = isAllow ? (who === '' ? 'allows' : `lets${who}`) : `denies${who}`;
  const shown = actions.slice(0, MOST_ACTIONS).map(actionInWords).join(', ');
  const more = actions.length > MOST_ACTIONS ? ` and ${actions.length - MOST_ACTIONS} more actions` : '';
  const when = condition === '' ? '' : `, if ${condition}`;
  return `${verb} ${shown}${more}${placeInWords(resource)}${when}`;
}

function principalInWords(principal: string): string {
  if (principal === '*') return 'anybody';
  if (principal.startsWith('!')) return `everybody but ${principalInWords(principal.slice(1))}`;
  return principal.replace(/^AWS /, '').replace(/^Service /, 'the service ');
}

function placeInWords(resource: string): string {
  if (resource === '') return '';
  if (resource === '*') return ' on every resource';
  return resource.startsWith('!') ? ` on every resource but ${resource.slice(1)}` : ` on ${resource}`;
}

function actionInWords(action: string): string {
  if (action === '*') return 'every action';
  if (action.startsWith('!')) return `every action but ${action.slice(1)}`;
  return action.endsWith(':*') ? `every action of ${action.slice(0, -2)}` : action;
}
