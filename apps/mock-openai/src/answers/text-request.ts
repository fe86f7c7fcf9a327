import type { Model, Stamp } from './answer';
import type { AnswerShape } from './template-cache';
import { promptTokens } from './words';

/** A request for text, whichever endpoint it came to. */
export interface TextRequest extends AnswerShape {
  readonly model: Model;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** `limit` is the request's cap on tokens, Infinity without one; a cap below the answer's length gives "length". */
export function textRequest(model: Model, promptCharacters: number, limit: number, choices: number): TextRequest {
  const tokens = Math.min(model.behaviour.tokens, limit);
  return {
    model,
    promptTokens: promptTokens(promptCharacters),
    tokens,
    choices,
    completionTokens: tokens * choices,
    finishReason: limit < model.behaviour.tokens ? 'length' : 'stop',
  };
}

/** What every answer of text has to fill in. */
export type TextHole = 'id' | 'created' | 'model' | 'promptTokens' | 'totalTokens';
export const textHoles: readonly TextHole[] = ['id', 'created', 'model', 'promptTokens', 'totalTokens'];

/** `prefix` is the id's: `chatcmpl-`. */
export function textFillings(request: TextRequest, stamp: Stamp, prefix: string): Record<TextHole, string> {
  return {
    id: `"${prefix}${stamp.id}"`,
    created: stamp.created,
    model: request.model.json,
    promptTokens: String(request.promptTokens),
    totalTokens: String(request.promptTokens + request.completionTokens),
  };
}

/** The usage of a request, as both completions APIs report it. */
export function usageOf({ promptTokens: prompt, completionTokens: completion }: TextRequest): object {
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
