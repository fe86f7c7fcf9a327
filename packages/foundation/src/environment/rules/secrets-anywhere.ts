import { looksSecret } from '../../secrets/looks-secret';
import type { Finding, Rule } from './rule';

/**
 * Whatever stands in environment.yaml ends up in synthesized files, plans and states; a key must stand in none. Asked
 * before all other rules: none of them may speak of such a place, and repeat what stands there.
 */
export const secretsAnywhere: Rule = (environment) => search(environment, []);

function search(value: unknown, path: readonly (string | number)[]): Finding[] {
  if (typeof value === 'string') return looksSecret(value) ? [found(path)] : [];
  if (Array.isArray(value)) return value.flatMap((entry, index) => search(entry, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => [
    // A key can be a secret as well: of a tag, or of a variable.
    ...(looksSecret(key) ? [found(path)] : []),
    ...search(entry, [...path, key]),
  ]);
}

function found(path: readonly (string | number)[]): Finding {
  return {
    path,
    message: 'looks like a secret, and would stand in synthesized files, plans and states',
    hint: 'remove it: a task gets secrets by their ARN in proxy.secrets, Terraform gets its own from its variables',
  };
}
