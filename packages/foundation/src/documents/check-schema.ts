import { z } from 'zod';
import { didYouMean } from '../problems/did-you-mean';
import { InputError, isError, type Problem } from '../problems/problem';
import type { SourceDocument } from './read-document';

/**
 * Holds a document against a zod schema.
 * @returns the parsed value, or every problem with its path, line and, for a misspelt key, the likely one
 */
export function checkSchema<T>(
  document: SourceDocument,
  schema: z.ZodType<T>,
): { value: T; problems: readonly [] } | { value?: undefined; problems: readonly Problem[] } {
  const result = schema.safeParse(document.value, { reportInput: true });
  if (result.success) return { value: result.data, problems: [] };
  return { problems: result.error.issues.flatMap((issue) => problemsOf(issue, document, schema)) };
}

/** As `checkSchema`, but throws. @throws {InputError} with all problems */
export function parseWithSchema<T>(document: SourceDocument, schema: z.ZodType<T>): T {
  const { value, problems } = checkSchema(document, schema);
  if (value === undefined || problems.some(isError)) throw new InputError(problems);
  return value;
}

/** `['model_list', 0, 'model_name']` -> `model_list[0].model_name`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
    .join('');
}

function problemsOf(issue: z.core.$ZodIssue, document: SourceDocument, schema: z.ZodType): Problem[] {
  const at = (path: readonly PropertyKey[], message: string, hint?: string): Problem => {
    const line = document.lineOf(path);
    return {
      file: document.file,
      path: formatPath(path),
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(line === undefined ? {} : { line }),
    };
  };
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => {
      const likely = didYouMean(key, known);
      const hint =
        likely !== undefined
          ? `did you mean "${likely}"?`
          : known.length > 0
            ? `allowed: ${known.join(', ')}`
            : undefined;
      return at([...issue.path, key], 'unknown key', hint);
    });
  }
  if (issue.code === 'invalid_union') {
    // The branch that got furthest is the one that was meant.
    const branches = issue.errors.filter((errors) => errors.length > 0);
    const deepest = branches
      .map((errors) => ({ errors, depth: Math.max(...errors.map((error) => error.path.length)) }))
      .sort((left, right) => right.depth - left.depth || left.errors.length - right.errors.length)[0];
    if (deepest !== undefined && deepest.depth > 0) {
      return deepest.errors.flatMap((error) =>
        problemsOf({ ...error, path: [...issue.path, ...error.path] }, document, schema),
      );
    }
    // A schema that words its own refusal knows better than the list of what each branch expected.
    if (issue.message !== 'Invalid input') return [at(issue.path, issue.message)];
    const messages = [...new Set(branches.flatMap((errors) => errors.map((error) => messageOf(error, true))))];
    return [at(issue.path, messages.length > 0 ? messages.join(', or ') : issue.message)];
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  if (missing) return [at(issue.path, 'is required and missing', `a value of type ${issue.expected}`)];
  return [at(issue.path, messageOf(issue, false))];
}

function messageOf(issue: z.core.$ZodIssue, brief: boolean): string {
  // A schema that words its own errors (`must be a duration such as 250ms, not 30`) knows better.
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input'))
    return `must be ${article(issue.expected)}, not ${show(issue.input)}`;
  if (issue.code === 'invalid_value')
    return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}, not ${show(issue.input)}`;
  if (issue.code === 'too_small')
    return `${show(issue.input)} is too small: ${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}${unitOf(issue.origin)}`;
  if (issue.code === 'too_big')
    return `${show(issue.input)} is too large: ${issue.inclusive === false ? 'below' : 'at most'} ${issue.maximum}${unitOf(issue.origin)}`;
  if (issue.code === 'invalid_format' && !issue.message.includes('not '))
    return `${show(issue.input)} ${brief ? '' : 'is not accepted: '}${issue.message}`.trim();
  return issue.message;
}

function unitOf(origin: string): string {
  return origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Keys that the schema knows at a path, for did-you-mean: walks the JSON Schema, which sees through every wrapper. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let nodes: unknown[] = [z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' })];
  for (const part of path) {
    nodes = nodes.flatMap(alternatives).flatMap((node) => {
      const { properties, items, additionalProperties } = node as {
        properties?: Record<string, unknown>;
        items?: unknown;
        additionalProperties?: unknown;
      };
      const child = typeof part === 'number' ? items : (properties?.[String(part)] ?? additionalProperties);
      return child === undefined ? [] : [child];
    });
  }
  return [
    ...new Set(
      nodes.flatMap(alternatives).flatMap((node) => Object.keys((node as { properties?: object }).properties ?? {})),
    ),
  ];
}

function alternatives(node: unknown): unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  const { anyOf, oneOf, allOf } = node as { anyOf?: unknown[]; oneOf?: unknown[]; allOf?: unknown[] };
  const nested = [...(anyOf ?? []), ...(oneOf ?? []), ...(allOf ?? [])];
  return [node, ...nested.flatMap(alternatives)];
}
