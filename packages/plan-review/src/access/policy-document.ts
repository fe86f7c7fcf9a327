import { isObject } from '../values/masks';
import { list } from './opening';

/** One statement of an IAM policy, taken apart. */
export interface Statement {
  readonly isAllow: boolean;
  /** `sid`, or its number. */
  readonly name: string;
  /** `AWS arn:…`, `Service ecs.amazonaws.com`, `*`; empty in policies of identities, which have none. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Conditions as one text, or empty. */
  readonly condition: string;
}

/** The statements of a policy in a text; none when it is no policy document. */
export function statementsOf(text: unknown): Statement[] {
  if (typeof text !== 'string' || !text.trimStart().startsWith('{')) return [];
  try {
    const document: unknown = JSON.parse(text);
    return isObject(document) ? list(document.Statement).filter(isObject).map(statementOf) : [];
  } catch {
    // A document that is no JSON cannot be judged; it is still shown as a changed text.
    return [];
  }
}

function statementOf(statement: Record<string, unknown>, index: number): Statement {
  return {
    isAllow: statement.Effect === 'Allow',
    name: typeof statement.Sid === 'string' && statement.Sid !== '' ? statement.Sid : `#${index + 1}`,
    principals: [...principalsOf(statement.Principal), ...principalsOf(statement.NotPrincipal).map(but)],
    actions: [...texts(statement.Action), ...butAll(statement.NotAction)],
    resources: [...texts(statement.Resource), ...butAll(statement.NotResource)],
    condition: conditionOf(statement.Condition),
  };
}

function principalsOf(principal: unknown): string[] {
  if (!isObject(principal)) return texts(principal);
  return Object.entries(principal).flatMap(([kind, names]) =>
    texts(names).map((name) => (kind === 'AWS' && name === '*' ? '*' : `${kind} ${name}`)),
  );
}

/** What everything but a few names is: `!a, b`. It is compared as a whole. */
function butAll(names: unknown): string[] {
  const excluded = texts(names);
  return excluded.length === 0 ? [] : [but(excluded.join(', '))];
}

function but(name: string): string {
  return `!${name}`;
}

function conditionOf(condition: unknown): string {
  if (!isObject(condition)) return '';
  return Object.entries(condition)
    .flatMap(([operator, keys]) =>
      isObject(keys)
        ? Object.entries(keys).map(([key, values]) => `${key} ${operator} ${texts(values).sort().join(' or ')}`)
        : [],
    )
    .sort()
    .join(' and ');
}

function texts(value: unknown): string[] {
  return list(value).flatMap((part) =>
    typeof part === 'string' ? [part] : typeof part === 'boolean' || typeof part === 'number' ? [String(part)] : [],
  );
}
