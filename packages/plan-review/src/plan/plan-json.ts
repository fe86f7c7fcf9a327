import { z } from 'zod';

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
  importing: z.object({ id: z.string().optional() }).nullish(),
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

const expressions = z.record(z.string(), z.unknown());
const configuredResource = z.object({
  address: z.string(),
  type: z.string(),
  expressions: expressions.optional(),
  depends_on: z.array(z.string()).optional(),
});

/** A Terraform plan as JSON, of format version 1. */
export const planSchema = z.object({
  format_version: z.string(),
  terraform_version: z.string().optional(),
  variables: z.record(z.string(), z.object({ value: z.unknown() })).optional(),
  resource_changes: z.array(resourceChange).optional(),
  resource_drift: z.array(resourceChange).optional(),
  output_changes: z.record(z.string(), outputChange).optional(),
  configuration: z
    .object({
      root_module: z
        .object({
          resources: z.array(configuredResource).optional(),
          variables: z.record(z.string(), z.object({ sensitive: z.boolean().optional() })).optional(),
        })
        .optional(),
    })
    .optional(),
  errored: z.boolean().optional(),
  complete: z.boolean().optional(),
  timestamp: z.string().optional(),
});

export type PlanJson = z.output<typeof planSchema>;
export type ResourceChange = z.output<typeof resourceChange>;
export type OutputChange = z.output<typeof outputChange>;
export type Change = z.output<typeof change>;
