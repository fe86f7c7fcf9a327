import { z } from 'zod';
import type { Contract } from '../contract/contract';

/** What stands for an output that is not there, by its type: no stack publishes such values. */
const UNPUBLISHED = {
  text: 'not-published',
  number: -1,
  // As long as any list of which somebody takes an element (one a zone, or an existing network's subnets).
  list: Array<string>(8).fill('not-published'),
} as const;

/** How Terraform reads an output. */
export type OutputKind = keyof typeof UNPUBLISHED;

/** The outputs of a contract by name, with the kind of each. */
export function outputKinds(contract: Contract): Readonly<Record<string, OutputKind>> {
  const { properties } = z.toJSONSchema(contract.outputs) as { properties: Record<string, { type?: string }> };
  return Object.fromEntries(
    Object.entries(properties).map(([name, { type }]) => [
      name,
      type === 'array' ? 'list' : type === 'string' ? 'text' : 'number',
    ]),
  );
}

/**
 * For the reader of a producer's state. A destroy that fails halfway takes a stack's outputs first; a consumer could then
 * not even be destroyed, since Terraform stops at the missing attribute. So missing outputs get values that nobody
 * publishes, and a condition refuses these in plan and apply, which a destroy does not ask.
 */
export function unpublishedOutputs(contract: Contract): {
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly postcondition: { readonly condition: string; readonly error_message: string };
} {
  const kinds = Object.entries(outputKinds(contract));
  const isPublished = kinds.map(([name, kind]) => {
    const output = `self.outputs.${name}`;
    if (kind === 'list') return `!contains(${output}, "${UNPUBLISHED.text}")`;
    return kind === 'text' ? `${output} != "${UNPUBLISHED.text}"` : `${output} != ${UNPUBLISHED.number}`;
  });
  return {
    defaults: Object.fromEntries(kinds.map(([name, kind]) => [name, UNPUBLISHED[kind]])),
    postcondition: {
      condition: `\${${isPublished.join(' && ')}}`,
      error_message: `${contract.stack} does not publish all that is read here: deploy ${contract.stack} first.`,
    },
  };
}
