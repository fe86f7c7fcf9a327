import type { Failure } from '../failure';
import type { Api } from '../api';
import { outlineJson } from './json-outline';
import { quotedWords } from './quoted-words';

/** The key at the top of an answer that holds what was asked for. */
const LIST_KEYS: Readonly<Record<Api, string>> = {
  chat: 'choices',
  completions: 'choices',
  embeddings: 'data',
  responses: 'output',
  messages: 'content',
  other: '',
};

/** Whether a successful answer holds a completion, and of how many tokens. */
export interface JsonVerdict {
  readonly failure: Failure | undefined;
  readonly outputTokens: number;
}

/** A check of whole JSON answers of one API. */
export type JsonCheck = (body: Buffer, thoroughly: boolean) => JsonVerdict;

/**
 * Makes the check for an API. Every answer is looked through; some are checked thoroughly, that is parsed, so that a target
 * which answers in broken JSON does not pass.
 */
export function jsonCheck(api: Api): JsonCheck {
  const key = LIST_KEYS[api];
  const keyBytes = Buffer.from(key);
  return (body, thoroughly) => {
    const { complete, filled, error, outputTokens } = outlineJson(body, keyBytes);
    const problem = !complete
      ? 'no complete JSON object'
      : error
        ? 'an error with a status of success'
        : !filled && key !== ''
          ? `no "${key}"`
          : thoroughly
            ? flawOf(body, api)
            : undefined;
    return { failure: problem === undefined ? undefined : contentFailure(problem, body), outputTokens };
  };
}

/** A failure of content, with what was wrong and what was there instead. */
export function contentFailure(problem: string, body: Buffer): Failure {
  return { failureClass: 'content', words: `${problem}: ${quotedWords(body)}` };
}

function flawOf(body: Buffer, api: Api): string | undefined {
  const value = parsed(body);
  if (typeof value !== 'object' || value === null) return 'JSON that does not parse';
  if (api !== 'chat' && api !== 'completions') return undefined;
  const choices: unknown = 'choices' in value ? value.choices : undefined;
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  if (typeof choice !== 'object' || choice === null) return 'a choice that is no object';
  const part = api === 'chat' ? 'message' : 'text';
  return part in choice ? undefined : `a choice without "${part}"`;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
