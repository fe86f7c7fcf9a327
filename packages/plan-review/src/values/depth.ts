/**
 * Deeper than anything that Terraform or a person writes (a module within a module makes three levels), and far from what would overflow the
 * stack of those who follow a value to its end.
 */
export const DEEPEST = 400;

/** Whether lists and objects stand within each other more than so many levels deep. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const part of value) if (isDeeperThan(part, levels - 1)) return true;
    return false;
  }
  // Only what JSON or YAML gave it: no need to ask whether a key is its own.
  for (const key in value) if (isDeeperThan((value as Record<string, unknown>)[key], levels - 1)) return true;
  return false;
}
