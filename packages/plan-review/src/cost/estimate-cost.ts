import type { PlanJson, ResourceChange } from '../plan/plan-json';
import { withoutKeys } from '../review/dependents';
import type { Review } from '../review/review-schema';
import { isObject } from '../values/masks';
import { priceResource, type PricedResource } from './price-resource';
import { priceTable, type PriceTable } from './price-table';

/** What plans cost an hour, by list prices; what depends on use is named, not counted. */
export type CostEstimate = Review['cost'];

/** Estimates the cost of stacks before and after their plans, unchanged resources included. */
export function estimateCost(
  plans: readonly { readonly stack: string; readonly plan: PlanJson }[],
  table: PriceTable = priceTable,
): CostEstimate {
  const notCounted = new Set<string>();
  const resources: CostEstimate['resources'] = [];
  for (const { stack, plan } of plans) {
    const managed = (plan.resource_changes ?? []).filter(({ mode }) => mode !== 'data');
    for (const resource of managed) {
      const price = (side: 'before' | 'after'): number => {
        const values = resource.change[side];
        if (!isObject(values)) return 0;
        const definition = taskDefinitionOf(resource, plan, managed)?.change[side];
        const priced: PricedResource = {
          address: resource.address,
          type: resource.type,
          values,
          ...(isObject(definition) ? { taskDefinition: definition } : {}),
        };
        const found = priceResource(priced, table);
        if (found === undefined) notCounted.add(`${resource.address}: no price for it in the table`);
        else if (found.notCounted !== undefined) notCounted.add(found.notCounted);
        return found?.hourly ?? 0;
      };
      resources.push({ stack, address: resource.address, hourlyBefore: price('before'), hourlyAfter: price('after') });
    }
  }
  const sum = (side: 'hourlyBefore' | 'hourlyAfter'): number =>
    round(resources.reduce((total, resource) => total + resource[side], 0));
  return {
    currency: table.currency,
    hourlyBefore: sum('hourlyBefore'),
    hourlyAfter: sum('hourlyAfter'),
    resources: resources
      .filter(({ hourlyBefore, hourlyAfter }) => hourlyBefore + hourlyAfter > 0)
      .sort((left, right) => differenceOf(right) - differenceOf(left) || right.hourlyAfter - left.hourlyAfter),
    notCounted: [...notCounted].sort(),
    basis: `on-demand prices of ${table.region} as of ${table.date}`,
  };
}

/** The arn of a changed task definition is known only after apply, so the configuration says which one a service runs. */
function taskDefinitionOf(
  service: ResourceChange,
  plan: PlanJson,
  managed: readonly ResourceChange[],
): ResourceChange | undefined {
  if (service.type !== 'aws_ecs_service') return undefined;
  const configured = plan.configuration?.root_module?.resources?.find(
    ({ address }) => address === withoutKeys(service.address),
  );
  const expression = configured?.expressions?.task_definition;
  const references = isObject(expression) && Array.isArray(expression.references) ? expression.references : [];
  return managed.find(({ type, address }) => type === 'aws_ecs_task_definition' && references.includes(address));
}

function differenceOf({ hourlyBefore, hourlyAfter }: CostEstimate['resources'][number]): number {
  return Math.abs(hourlyAfter - hourlyBefore);
}

/** A tenth of a cent is finer than list prices mean anything. */
function round(dollars: number): number {
  return Math.round(dollars * 10_000) / 10_000;
}
