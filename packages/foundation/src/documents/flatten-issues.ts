import type { z } from 'zod';

/** One thing that a schema refused, its path counted from the document's root. */
export type LeafIssue = Exclude<z.core.$ZodIssue, { code: 'unrecognized_keys' }> | z.core.$ZodIssueUnrecognizedKeys;

/**
 * Issues with unions taken apart: where one alternative was clearly meant, its issues; where none was, the union's own
 * (code `invalid_union`).
 */
export function flattenIssues(issues: readonly z.core.$ZodIssue[]): LeafIssue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union') return [issue];
    const meant = alternativeMeant(issue);
    if (meant === undefined) return [issue];
    return flattenIssues(meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })));
  });
}

/**
 * The alternative that was meant: of those that take this type of value at all, the one that knows most of the keys that
 * were written, then the one that misses fewest, then the first.
 */
function alternativeMeant(union: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | undefined {
  return union.errors
    .filter((issues) => issues.length > 0 && !issues.some(refusesTheWhole))
    .map((issues) => ({ issues, unknown: unknownKeys(issues), missing: issues.filter(isMissingKey).length }))
    .sort((left, right) => left.unknown - right.unknown || left.missing - right.missing)[0]?.issues;
}

function refusesTheWhole(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 0 && issue.code !== 'unrecognized_keys' && issue.code !== 'custom';
}

function unknownKeys(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce(
    (count, issue) => count + (issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys.length : 0),
    0,
  );
}

function isMissingKey(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 1 && issue.code === 'invalid_type' && issue.input === undefined;
}
