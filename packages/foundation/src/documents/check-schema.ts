import type { z } from 'zod';
import { didYouMean } from '../problems/did-you-mean';
import { InputError, isError, type Problem } from '../problems/problem';
import { flattenIssues } from './flatten-issues';
import { issueMessage, shown } from './issue-message';
import { choicesAt, knownKeys } from './known-keys';
import type { SourceDocument } from './read-document';

/**
 * Holds a document against a zod schema.
 * @returns the parsed value, or every problem with its path, line and, for a misspelt key, the likely one
 */
export function checkSchema<T>(
  document: SourceDocument,
  schema: z.ZodType<T>,
): { value: T; problems: readonly [] } | { value?: undefined; problems: readonly Problem[] } {
  const result = schema.safeParse(document.value, { reportInput: true, error: issueMessage });
  if (result.success) return { value: result.data, problems: [] };
  const problems = flattenIssues(result.error.issues).flatMap((issue) => problemsOf(issue, schema));
  return {
    problems: problems.map(({ path, ...problem }) => {
      const line = document.lineOf(path);
      return { file: document.file, path: formatPath(path), ...problem, ...(line === undefined ? {} : { line }) };
    }),
  };
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

interface PlacedProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly hint?: string;
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType): PlacedProblem[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      ...(issue.message === '' ? unknownKey(key, known) : { message: issue.message }),
    }));
  }
  // A schema that words its own refusal knows better than the list of what each alternative takes.
  if (issue.code === 'invalid_union' && issue.message === '') {
    const allowed = `must be ${choices(issue, schema).join(', or ')}`;
    if (issue.input === undefined) return [{ path, message: 'is required and missing', hint: allowed }];
    return [{ path, message: `${allowed}, not ${shown(issue.input)}` }];
  }
  if ((issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.input === undefined) {
    return [{ path, message: 'is required and missing', hint: issue.message }];
  }
  return [{ path, message: withWhatWasSeen(issue) }];
}

/** A schema's own words say what is allowed; what was seen is added where they leave it out. */
function withWhatWasSeen(issue: z.core.$ZodIssue): string {
  const { code, message } = issue;
  const saysItAll = !message.startsWith('must be ') || message.includes(', not ');
  if (saysItAll || (code !== 'invalid_type' && code !== 'invalid_format')) return message;
  return `${message}, not ${shown(issue.input)}`;
}

function unknownKey(key: string, known: readonly string[]): { message: string; hint?: string } {
  const likely = didYouMean(key, known);
  if (likely !== undefined) return { message: 'unknown key', hint: `did you mean "${likely}"?` };
  return known.length > 0
    ? { message: 'unknown key', hint: `allowed: ${known.join(', ')}` }
    : { message: 'unknown key' };
}

/** What each alternative takes: in its own words if it has some, else by its schema. */
function choices(union: z.core.$ZodIssueInvalidUnion, schema: z.ZodType): string[] {
  const bySchema = choicesAt(schema, union.path);
  const inOwnWords = union.errors.map((issues, index) => {
    const [issue] = issues;
    if (issue === undefined || issue.message === issueMessage(issue)) return bySchema[index];
    return /^must be (.*?)(?:, not .*)?$/s.exec(issue.message)?.[1] ?? bySchema[index];
  });
  return [...new Set(inOwnWords.filter((words) => words !== undefined))];
}
