import type { AllowedWildcard } from './allowed-wildcards';
import type { PolicyStatement } from './policy-statements';

/** What has to change: the stacks, or the table. */
export interface WildcardJudgement {
  /** Permissions that are wider than the table allows. */
  readonly tooWide: readonly string[];
  /** Entries, by action, that no permission needs any more. */
  readonly stale: readonly string[];
}

/** Holds what policies allow against the table. What they deny may be as wide as it likes: it only takes away. */
export function judgeWildcards(
  statements: readonly PolicyStatement[],
  allowed: readonly AllowedWildcard[],
): WildcardJudgement {
  const used = new Set<string>();
  const tooWide = statements
    .filter(({ Effect: effect }) => effect === 'Allow')
    .flatMap(({ where, Principal: principal, Action: actions, Resource: resources, Condition: condition }) => [
      ...(hasWildcardPrincipal(principal) ? [`${where}: allows everybody`] : []),
      ...actions.filter(isWild).map((action) => `${where}: allows ${action}`),
      ...resources.filter(isWild).flatMap((resource) =>
        actions
          .filter((action) => {
            const index = allowed.findIndex(
              (entry) =>
                entry.actions.includes(action) && entry.resource.test(resource) && hasKey(condition, entry.condition),
            );
            if (index >= 0) used.add(`${index} ${action}`);
            return index < 0;
          })
          .map((action) => `${where}: allows ${action} on ${resource}`),
      ),
    ]);
  const stale = allowed.flatMap(({ actions, resource }, index) =>
    actions.filter((action) => !used.has(`${index} ${action}`)).map((action) => `${action} on ${String(resource)}`),
  );
  return { tooWide, stale };
}

/** `*` and `?` both stand for more than they say. Terraform's own expressions hold neither. */
const isWild = (text: string): boolean => /[*?]/.test(text);

function hasWildcardPrincipal(principal: PolicyStatement['Principal']): boolean {
  if (principal === undefined) return false;
  return principal === '*' || Object.values(principal).flat().some(isWild);
}

function hasKey(condition: PolicyStatement['Condition'], key: string | undefined): boolean {
  return key === undefined || Object.values(condition).some((keys) => Object.hasOwn(keys, key));
}
