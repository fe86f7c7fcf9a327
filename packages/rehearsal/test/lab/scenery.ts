import { z } from 'zod';
import type { AccountResource } from '../../src/account/account-document';
import type { AccountView } from '../../src/account/account-view';
import { resourceTypes } from '../../src/resources/registry';
import type { ResourceType } from '../../src/resources/resource-type';

const types: ReadonlyMap<string, ResourceType> = new Map(resourceTypes.map((type) => [type.type, type]));

/** Of Terraform's state what tells what there is. */
export const stateSchema = z.object({
  outputs: z.record(z.string(), z.object({ value: z.unknown() })),
  resources: z.array(
    z.object({
      mode: z.enum(['managed', 'data']),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.object({
          index_key: z.union([z.string(), z.number()]).optional(),
          status: z.string().optional(),
          attributes: z.record(z.string(), z.unknown()),
          dependencies: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
});
/** See {@link stateSchema}. */
export type TerraformState = z.output<typeof stateSchema>;

/**
 * What exists in an account and what the states say of it, as sorted lines. Ids and ARNs are replaced by the addresses of what
 * they name, and what chance or the clock decided is left out: two deployments of the same stacks have the same scenery,
 * however often they were interrupted. Where a deployment has nothing left to do, nor has one with the same scenery.
 */
export type Scenery = readonly string[];

/** See {@link Scenery}. */
export function sceneryOf(
  account: AccountView,
  states: readonly (readonly [stack: string, state: TerraformState | undefined])[],
): Scenery {
  const known = states.flatMap(([stack, state]) => (state === undefined ? [] : instancesOf(stack, state)));
  const names = known
    .flatMap(({ address, attributes }) =>
      ['id', 'arn'].flatMap((name) => {
        const value = attributes[name];
        return typeof value === 'string' && isUnlikely(value) ? [{ value, address }] : [];
      }),
    )
    // A listener's ARN begins with its load balancer's.
    .sort((left, right) => right.value.length - left.value.length);
  const nameless = (value: unknown): string => {
    let text = JSON.stringify(value);
    for (const { value: name, address } of names) text = text.replaceAll(name, `<${address}>`);
    for (const [pattern, word] of CHANCE) text = text.replace(pattern, word);
    return JSON.stringify(sorted(JSON.parse(text)));
  };
  return [
    ...account
      .all()
      .filter(isOfItsOwn)
      .map(({ type, id, attributes }) => `account ${type} ${nameless(id)} ${nameless(attributes)}`),
    ...known.map(
      ({ address, type, status, attributes }) =>
        `state ${address} ${status ?? 'sound'} ${nameless(ownOf(type, attributes))}`,
    ),
    ...states.map(([stack, state]) => `outputs ${stack} ${nameless(state?.outputs ?? {})}`),
  ].sort();
}

interface Instance {
  /** With the stack before it. */
  readonly address: string;
  readonly type: string;
  readonly status: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function instancesOf(stack: string, state: TerraformState): Instance[] {
  return state.resources
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ type, name, instances }) =>
      instances.map(({ index_key, status, attributes }) => ({
        type,
        address: `${stack}:${type}.${name}${index_key === undefined ? '' : `[${index_key}]`}`,
        status,
        attributes,
      })),
    );
}

/** A secret keeps its former value as a part of itself, until it gets another one. */
function isOfItsOwn({ type, attributes }: AccountResource): boolean {
  return type !== 'aws_secretsmanager_secret_version' || JSON.stringify(attributes).includes('AWSCURRENT');
}

/** What a refresh does not bring from the account: the rest is as old as the last refresh, and means nothing. */
function ownOf(type: string, attributes: Readonly<Record<string, unknown>>): unknown {
  const known = types.get(type);
  if (known === undefined) return attributes;
  // What a function answered when it was called: how long it took, which task it ran.
  if (known.intangible === true) return { ...attributes, result: null };
  return ['id', 'tags', 'timeouts', ...(known.onlyInState ?? [])].map((name) => attributes[name] ?? null);
}

/** A name that a person gave may stand anywhere; what AWS made up stands only for its resource. */
function isUnlikely(value: string): boolean {
  return value.startsWith('arn:') || /[0-9a-f]{8}|[0-9A-F]{20}|\d{12}/.test(value);
}

/** What chance, the clock or the order of calls decides, besides ids. */
const CHANCE: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d{2}-\d{2}T[\d:.]+(Z|\+0000)/g, '<time>'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>'],
  [/\b(AROA|Z)[0-9A-F]{17,19}\b/g, '$1<hex>'],
  [/(?<![0-9a-f])[0-9a-f]{8,32}(?![0-9a-f])/g, '<hex>'],
  [/\b(203[.-]0[.-]113|10\.0\.0)[.-]\d+/g, '$1.<any>'],
  [/"revision":\d+/g, '"revision":0'],
];

/** Sets have no order, and where order counts the plan of a deployment that was not interrupted tells. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(sorted).sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
