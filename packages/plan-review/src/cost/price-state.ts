import { z } from 'zod';
import { isObject } from '../values/masks';
import type { CostEstimate } from './estimate-cost';
import { priceResource } from './price-resource';
import { priceTable, type PriceTable } from './price-table';

/** What `terraform state pull` prints, as far as prices need it. */
const stateSchema = z.object({
  version: z.literal(4),
  resources: z.array(
    z.object({
      module: z.string().optional(),
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(z.object({ attributes: z.unknown().optional(), deposed: z.string().optional() })),
    }),
  ),
});

/** What deployed stacks cost an hour, by list prices. */
export interface DeployedCost extends Pick<CostEstimate, 'currency' | 'notCounted' | 'basis'> {
  readonly hourly: number;
}

/**
 * Prices what states hold (each the value of what `terraform state pull` prints). Task definitions are found by their ARN.
 * @throws {z.ZodError} for what is no state of version 4
 */
export function priceStates(states: readonly unknown[], table: PriceTable = priceTable): DeployedCost {
  const resources = states.flatMap((state) =>
    stateSchema
      .parse(state)
      .resources.flatMap(({ module, mode, type, name, instances }) =>
        mode !== 'managed'
          ? []
          : instances.flatMap(({ attributes }) =>
              isObject(attributes)
                ? [{ address: [module, type, name].filter(Boolean).join('.'), type, values: attributes }]
                : [],
            ),
      ),
  );
  const definitions = new Map(
    resources.filter(({ type }) => type === 'aws_ecs_task_definition').map(({ values }) => [values.arn, values]),
  );
  const notCounted = new Set<string>();
  let hourly = 0;
  for (const resource of resources) {
    const taskDefinition = definitions.get(resource.values.task_definition);
    const price = priceResource({ ...resource, ...(taskDefinition === undefined ? {} : { taskDefinition }) }, table);
    if (price === undefined) notCounted.add(`${resource.address}: no price for it in the table`);
    else if (price.notCounted !== undefined) notCounted.add(price.notCounted);
    hourly += price?.hourly ?? 0;
  }
  return {
    currency: table.currency,
    hourly: Math.round(hourly * 10_000) / 10_000,
    notCounted: [...notCounted].sort(),
    basis: `on-demand prices of ${table.region} as of ${table.date}`,
  };
}
