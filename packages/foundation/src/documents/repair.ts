import type { z } from 'zod';
import { flattenIssues } from './flatten-issues';

/** A value that a schema takes, after what it refused was taken out. */
export interface Repaired<T> {
  readonly value: T;
  /** Paths of what was taken out, so that nothing is said about the defaults that came in. */
  readonly removed: readonly (readonly PropertyKey[])[];
}

/** Each round removes at least one value; a document with more rounds of mistakes than this is judged after they are mended. */
const MOST_ROUNDS = 20;

/**
 * Takes out of a value what its schema refuses, so that checks over several fields can look at the rest in the same go.
 * `standIns` are values for required top-level keys.
 * @returns undefined when nothing sensible is left
 */
export function repair<T>(
  value: unknown,
  schema: z.ZodType<T>,
  standIns: Readonly<Record<string, unknown>>,
): Repaired<T> | undefined {
  if (!isObject(value)) return undefined;
  const rest = { ...standIns, ...structuredClone(value) };
  const removed: (readonly PropertyKey[])[] = Object.keys(standIns)
    .filter((key) => !(key in value))
    .map((key) => [key]);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const result = schema.safeParse(rest, { reportInput: true });
    if (result.success) return { value: result.data, removed };
    for (const issue of flattenIssues(result.error.issues)) {
      if (issue.code === 'unrecognized_keys') {
        issue.keys.forEach((key) => remove(rest, [...issue.path, key], standIns));
      } else {
        const path = whatToRemove(issue);
        if (path.length === 0) return undefined;
        remove(rest, path, standIns);
        removed.push(path);
      }
    }
  }
  return undefined;
}

/** The refused value itself; what it is missing from, where it is missing; the whole list, for one of its entries. */
function whatToRemove(issue: z.core.$ZodIssue): readonly PropertyKey[] {
  const missing = 'input' in issue && issue.input === undefined && issue.path.length > 1;
  const path = missing ? issue.path.slice(0, -1) : issue.path;
  const inList = path.findIndex((part) => typeof part === 'number');
  return inList < 0 ? path : path.slice(0, inList);
}

function remove(
  root: Record<string, unknown>,
  path: readonly PropertyKey[],
  standIns: Readonly<Record<string, unknown>>,
): void {
  const [key, ...deeper] = path.map(String);
  if (key === undefined) return;
  const child = root[key];
  if (deeper.length > 0 && isObject(child)) {
    remove(child, deeper, {});
  } else if (key in standIns) {
    root[key] = standIns[key];
  } else {
    Reflect.deleteProperty(root, key);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
