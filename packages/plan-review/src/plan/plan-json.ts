import { z } from 'zod';
import { isObject } from '../values/masks';

/**
 * What a review reads of `terraform show -json PLAN`. Unknown fields are left alone: within one major format version Terraform
 * may add some at any time.
 * @source https://developer.hashicorp.com/terraform/internals/json-format
 */
const change = z.object({
  actions: z.array(z.enum(['no-op', 'create', 'read', 'update', 'delete', 'forget'])),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  importing: z.object({ id: z.string().optional(), identity: z.unknown().optional() }).nullish(),
});

const resourceChange = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.enum(['managed', 'data']).optional(),
  type: z.string(),
  name: z.string(),
  provider_name: z.string().optional(),
  change,
  action_reason: z.string().optional(),
  deposed: z.string().optional(),
});

const outputChange = change.pick({
  actions: true,
  before: true,
  after: true,
  after_unknown: true,
  before_sensitive: true,
  after_sensitive: true,
});

/** Taken as it is, whatever it holds: a record of anything would be copied key by key. */
const expressions = z.custom<Readonly<Record<string, unknown>>>(isObject, 'expected an object');
const configuredResource = z.object({
  address: z.string(),
  mode: z.string().optional(),
  type: z.string(),
  expressions: expressions.optional(),
  count_expression: z.unknown().optional(),
  for_each_expression: z.unknown().optional(),
  depends_on: z.array(z.string()).optional(),
});
const configuredVariable = z.object({ sensitive: z.boolean().optional(), default: z.unknown().optional() });

/** A module as it is configured: the root, or one that another calls. */
export interface ConfiguredModule {
  readonly resources?: readonly z.output<typeof configuredResource>[] | undefined;
  readonly variables?: Readonly<Record<string, z.output<typeof configuredVariable>>> | undefined;
  readonly outputs?: Readonly<Record<string, unknown>> | undefined;
  readonly module_calls?: Readonly<Record<string, ModuleCall>> | undefined;
}
/** A call of a module, with what it is given. */
export interface ModuleCall {
  readonly expressions?: Readonly<Record<string, unknown>> | undefined;
  readonly count_expression?: unknown;
  readonly for_each_expression?: unknown;
  readonly depends_on?: readonly string[] | undefined;
  readonly module?: ConfiguredModule | undefined;
}

const configuredModule: z.ZodType<ConfiguredModule> = z.lazy(() =>
  z.object({
    resources: z.array(configuredResource).optional(),
    variables: z.record(z.string(), configuredVariable).optional(),
    outputs: expressions.optional(),
    module_calls: z.record(z.string(), moduleCall).optional(),
  }),
);
const moduleCall: z.ZodType<ModuleCall> = z.object({
  expressions: expressions.optional(),
  count_expression: z.unknown().optional(),
  for_each_expression: z.unknown().optional(),
  depends_on: z.array(z.string()).optional(),
  module: configuredModule.optional(),
});

const check = z.object({
  address: z.object({ to_display: z.string(), kind: z.string().optional() }),
  status: z.string(),
  instances: z
    .array(
      z.object({
        address: z.object({ to_display: z.string().optional() }).optional(),
        status: z.string(),
        problems: z.array(z.object({ message: z.string().optional() })).optional(),
      }),
    )
    .nullish(),
});

/** A Terraform plan as JSON, of format version 1. */
export const planSchema = z.object({
  format_version: z.string(),
  terraform_version: z.string().optional(),
  variables: z.record(z.string(), z.object({ value: z.unknown() })).optional(),
  resource_changes: z.array(resourceChange).optional(),
  resource_drift: z.array(resourceChange).optional(),
  deferred_changes: z.array(z.object({ reason: z.string(), resource_change: resourceChange.optional() })).optional(),
  output_changes: z.record(z.string(), outputChange).optional(),
  checks: z.array(check).optional(),
  /** Read only for what it marks as sensitive. */
  prior_state: z.unknown().optional(),
  configuration: z.object({ root_module: configuredModule.optional() }).optional(),
  applyable: z.boolean().optional(),
  errored: z.boolean().optional(),
  complete: z.boolean().optional(),
  timestamp: z.string().optional(),
});

export type PlanJson = z.output<typeof planSchema>;
export type ResourceChange = z.output<typeof resourceChange>;
export type OutputChange = z.output<typeof outputChange>;
export type Change = z.output<typeof change>;
