import { parse } from 'yaml';
import { didYouMean, InputError, isError, knownKeys, type Problem, type SourceDocument } from '@loadlab/foundation';
import { scenarioSchema } from './scenario-schema';

const FLAG = '--set';

interface Override {
  readonly text: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * A scenario document with values replaced: `["arrival.closed.users=50", "slo.p99=300ms"]`. The value is read as YAML, so
 * `true` is a boolean and `env:NAME` a string; an empty one or `null` takes the key out, which is how one goes from closed
 * to open arrivals: `arrival.closed=`, `arrival.open.rate=50/s`.
 * @throws {InputError} for an override that is not `path=value`, or whose path no scenario has
 */
export function applyOverrides(document: SourceDocument, assignments: readonly string[]): SourceDocument {
  if (assignments.length === 0) return document;
  const parsed = assignments.map(parseOverride);
  const problems = parsed.flatMap((override) => ('problem' in override ? [override.problem] : []));
  if (problems.some(isError)) throw new InputError(problems);
  const overrides = parsed.filter((override): override is Override => 'path' in override);
  const value = overrides.reduce((tree, { path, value: leaf }) => withValue(tree, path, leaf), document.value);
  return {
    ...document,
    value,
    // A value that came from a flag stands on no line of the file.
    lineOf: (path) => (overrides.some((override) => touches(override.path, path)) ? undefined : document.lineOf(path)),
  };
}

/** Problems about a value that an override set, told as problems of the flag and not of the file. */
export function blameOverrides(problems: readonly Problem[], assignments: readonly string[]): Problem[] {
  const paths = assignments.map((text) => text.slice(0, Math.max(0, text.indexOf('='))));
  return problems.map((problem) =>
    paths.some((path) => problem.path === path || problem.path.startsWith(`${path}.`))
      ? { ...problem, file: FLAG }
      : problem,
  );
}

function parseOverride(text: string): Override | { problem: Problem } {
  const fail = (path: string, message: string, hint?: string): { problem: Problem } => ({
    problem: { file: FLAG, path, message, ...(hint === undefined ? {} : { hint }) },
  });
  const equals = text.indexOf('=');
  if (equals < 1) return fail('', `"${text}" is not path=value`, 'such as arrival.closed.users=50');
  const path = text.slice(0, equals).split('.');
  for (const [depth, key] of path.entries()) {
    const known = knownKeys(scenarioSchema, path.slice(0, depth));
    if (known.includes(key) || path.slice(0, depth).join('.') === 'request.headers') continue;
    const likely = didYouMean(key, known);
    return fail(
      path.slice(0, depth + 1).join('.'),
      known.length === 0 ? `nothing lies below ${path.slice(0, depth).join('.')}` : 'unknown key',
      likely !== undefined
        ? `did you mean "${likely}"?`
        : known.length > 0
          ? `allowed: ${known.join(', ')}`
          : undefined,
    );
  }
  try {
    return { text, path, value: parse(text.slice(equals + 1)) };
  } catch {
    return fail(path.join('.'), `"${text.slice(equals + 1)}" is not a YAML value`, 'put it in quotes');
  }
}

function withValue(tree: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const fields = typeof tree === 'object' && tree !== null && !Array.isArray(tree) ? Object.entries(tree) : [];
  const child = withValue(fields.find(([name]) => name === key)?.[1], rest, value);
  const others = fields.filter(([name]) => name !== key);
  return Object.fromEntries(rest.length === 0 && isNothing(child) ? others : [...others, [key, child]]);
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

function touches(overridden: readonly string[], path: readonly PropertyKey[]): boolean {
  return overridden.every((key, index) => path[index] === key);
}
