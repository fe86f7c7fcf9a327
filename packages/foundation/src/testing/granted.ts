import type { SynthesizedStack } from './synthesize';

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

/**
 * What the policies of a stack allow more widely than by name, as `action on resource`: every `*` that stands for a whole
 * action or resource, or for the rest of one. For a test that lists those which AWS demands.
 */
export function widelyGranted(stack: SynthesizedStack): string[] {
  const wide = statementsIn(stack.json)
    .filter(({ Effect: effect }) => effect === 'Allow')
    .flatMap(({ Action: actions = [], Resource: resources = [] }) =>
      [actions].flat().flatMap((action) => [resources].flat().map((resource) => ({ action, resource }))),
    )
    .filter(({ action, resource }) => action.includes('*') || resource === '*' || /[:/]\*$/.test(resource));
  return [...new Set(wide.map(({ action, resource }) => `${action} on ${resource}`))].sort();
}

/** Every statement of every policy, wherever it stands: policies are JSON inside a text. */
function statementsIn(value: unknown): Statement[] {
  if (typeof value === 'string') return value.startsWith('{"Version"') ? parsePolicy(value) : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(statementsIn);
}

function parsePolicy(text: string): Statement[] {
  const { Statement: statements = [] } = JSON.parse(text) as { Statement?: Statement | Statement[] };
  return [statements].flat();
}
