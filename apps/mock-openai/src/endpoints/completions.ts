import type { Answer, Endpoint, TokenStream } from '../answers/answer';
import { ChunkStream } from '../answers/chunk-stream';
import { hole, JsonTemplate } from '../answers/json-template';
import { TemplateCache } from '../answers/template-cache';
import { TextAnswer, type TextForm } from '../answers/text-answer';
import { type TextHole, textHoles, type TextRequest, textRequest, usageOf } from '../answers/text-request';
import { textOf } from '../answers/words';
import {
  boolean,
  type Check,
  checkFields,
  decimal,
  emptyArray,
  integer,
  invalidType,
  isOn,
  longArray,
  object,
  stopSequences,
  streamUsageOf,
  string,
} from './fields';

const checks = new Map<string, Check>(
  Object.entries({
    best_of: integer(1, 20),
    echo: boolean,
    frequency_penalty: decimal(-2, 2),
    logit_bias: object,
    logprobs: integer(0, 5),
    max_tokens: integer(1),
    n: integer(1, 128),
    presence_penalty: decimal(-2, 2),
    seed: integer(-Infinity),
    stop: stopSequences,
    stream: boolean,
    suffix: string,
    temperature: decimal(0, 2),
    top_p: decimal(0, 1),
    user: string,
  } satisfies Record<string, Check>),
);

/** OpenAI's limit on prompts in one request. */
const MAX_PROMPTS = 2048;

/** `POST /v1/completions`, the older API. Source: OpenAI's API reference, "Completions". */
export const completions: Endpoint = {
  path: '/completions',
  needsWholeText: false,
  read(body, model, removed): Answer {
    checkFields(body, checks);
    const withUsage = streamUsageOf(body);
    const prompts = promptLengths(body.prompt);
    const characters = prompts.reduce((sum, length) => sum + length, removed);
    const limit = typeof body.max_tokens === 'number' ? body.max_tokens : Infinity;
    const choices = prompts.length * (typeof body.n === 'number' ? body.n : 1);
    const request = textRequest(model, characters, limit, choices);
    return new TextAnswer(form, request, isOn(body.stream), withUsage);
  },
};

/** Characters of each prompt: a string, an array of them, one array of tokens, or an array of those; none at all counts as empty. */
function promptLengths(prompt: unknown): readonly number[] {
  if (prompt === undefined || prompt === null) return [0];
  if (typeof prompt === 'string') return [prompt.length];
  if (!Array.isArray(prompt)) throw invalidType('prompt', 'a string or an array', prompt);
  if (prompt.length === 0) throw emptyArray('prompt');
  if (prompt.every(isToken)) return [prompt.length * CHARACTERS_PER_TOKEN];
  if (prompt.length > MAX_PROMPTS) throw longArray('prompt', prompt.length, MAX_PROMPTS);
  return prompt.map((item: unknown, index) => {
    if (typeof item === 'string') return item.length;
    if (Array.isArray(item) && item.every(isToken)) return item.length * CHARACTERS_PER_TOKEN;
    throw invalidType(`prompt[${index}]`, 'a string or an array of integers', item);
  });
}

const CHARACTERS_PER_TOKEN = 4;

function isToken(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value);
}

const whole = new TemplateCache(textHoles, ({ tokens, choices, finishReason }) => ({
  id: hole('id'),
  object: 'text_completion',
  created: hole('created'),
  model: hole('model'),
  choices: Array.from({ length: choices }, (_, index) => ({
    text: textOf(tokens),
    index,
    logprobs: null,
    finish_reason: finishReason,
  })),
  usage: {
    prompt_tokens: hole('promptTokens'),
    completion_tokens: tokens * choices,
    total_tokens: hole('totalTokens'),
  },
}));

const chunkHead = new JsonTemplate(
  { id: hole('id'), object: 'text_completion', created: hole('created'), model: hole('model') },
  textHoles,
);

function stream(request: TextRequest, fillings: Readonly<Record<TextHole, string>>, withUsage: boolean): TokenStream {
  const choiceJson = (choice: number, text: string, finish: string): string =>
    `{"text":"${text}","index":${choice},"logprobs":null,"finish_reason":${finish}}`;
  return new ChunkStream({
    tokens: request.tokens,
    choices: request.choices,
    head: chunkHead.fill(fillings).slice(0, -1),
    usage: withUsage ? JSON.stringify(usageOf(request)) : undefined,
    next: (choice, text) => choiceJson(choice, text, 'null'),
    last: (choice) => choiceJson(choice, '', `"${request.finishReason}"`),
  });
}

const form: TextForm = { idPrefix: 'cmpl-', whole, stream };
