import { dirname, resolve } from 'node:path';
import { InputError, type Problem, readText } from '@loadlab/foundation';

/** Every process of the generator holds all prompts in memory. */
const MAX_BYTES = 64 * 1024 * 1024;
/** A wrong file is wrong on every line; ten of them tell the story. */
const MOST_PROBLEMS = 10;

/**
 * Reads prompts from a JSON Lines file: each line a string, or an object whose `prompt` is one. Blank lines are skipped.
 * @param scenarioFile the scenario that names the file; the path is relative to it
 * @throws {InputError} when the file is missing, too large or binary, or with the lines that hold no prompt
 */
export function readPromptFile(scenarioFile: string, promptFile: string): string[] {
  const file = resolve(dirname(scenarioFile), promptFile);
  const problems: Problem[] = [];
  const prompts: string[] = [];
  for (const [index, line] of readText(file, MAX_BYTES).split('\n').entries()) {
    if (line.trim() === '') continue;
    const prompt = promptOf(line);
    if (prompt !== undefined) prompts.push(prompt);
    else problems.push({ file, path: '', line: index + 1, message: whyNot(line) });
  }
  if (prompts.length === 0 && problems.length === 0)
    problems.push({
      file,
      path: '',
      message: 'holds no prompt',
      hint: 'one JSON value a line: "…" or {"prompt": "…"}',
    });
  if (problems.length === 0) return prompts;
  const hidden = problems.length - MOST_PROBLEMS;
  throw new InputError([
    ...problems.slice(0, MOST_PROBLEMS),
    ...(hidden > 0 ? [{ file, path: '', message: `and ${hidden} more lines` }] : []),
  ]);
}

function promptOf(line: string): string | undefined {
  const value = parseJson(line);
  const prompt = typeof value === 'object' && value !== null && 'prompt' in value ? value.prompt : value;
  return typeof prompt === 'string' && prompt !== '' ? prompt : undefined;
}

function whyNot(line: string): string {
  return parseJson(line) === undefined ? 'is not JSON' : 'is neither a string nor an object with a "prompt"';
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
