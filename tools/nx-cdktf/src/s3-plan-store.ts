import type { Environment } from '@loadlab/foundation';
import type { PlanStore } from './plan-store';
import { stateObjects } from './s3-objects';

/**
 * Plans in the bucket of the states: `<namespace>/<environment>/plans/<stack>/<plan>/…`.
 * @throws {InputError} where the states are not in S3
 */
export async function s3PlanStore(environment: Environment): Promise<PlanStore> {
  const objects = await stateObjects(environment);
  const prefix = `${environment.namespace}/${environment.name}/plans`;
  return {
    place: `s3://${objects.bucket}/${prefix}`,
    put: (stack, plan, file, content) =>
      objects.put(`${prefix}/${stack}/${plan}/${file}`, content, { once: true, isPlan: true }),
    get: (stack, plan, file) => objects.get(`${prefix}/${stack}/${plan}/${file}`),
    list: async (stack) => {
      const below = `${prefix}/${stack}/`;
      const found = await objects.list(below);
      const newest = [...found].sort((left, right) => right.modifiedAt.getTime() - left.modifiedAt.getTime());
      return [...new Set(newest.map(({ key }) => key.slice(below.length).split('/')[0] ?? ''))];
    },
  };
}
