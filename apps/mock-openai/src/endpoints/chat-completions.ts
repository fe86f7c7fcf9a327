import type { Answer, Body, Endpoint, TokenStream } from '../answers/answer';
import { invalidRequest } from '../answers/api-error';
import { ChunkStream } from '../answers/chunk-stream';
import { hole, JsonTemplate } from '../answers/json-template';
import { TemplateCache } from '../answers/template-cache';
import { TextAnswer, type TextForm } from '../answers/text-answer';
import { type TextHole, textHoles, type TextRequest, textRequest, usageOf } from '../answers/text-request';
import { textOf } from '../answers/words';
import { messagesLength } from './chat-messages';
import {
  arrayOfObjects,
  boolean,
  type Check,
  checkFields,
  decimal,
  integer,
  isOn,
  missing,
  object,
  oneOf,
  stopSequences,
  streamUsageOf,
  string,
} from './fields';

const checks = new Map<string, Check>(
  Object.entries({
    frequency_penalty: decimal(-2, 2),
    logit_bias: object,
    logprobs: boolean,
    max_completion_tokens: integer(1),
    max_tokens: integer(1),
    metadata: object,
    n: integer(1, 128),
    parallel_tool_calls: boolean,
    presence_penalty: decimal(-2, 2),
    reasoning_effort: oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh'),
    response_format: object,
    seed: integer(-Infinity),
    stop: stopSequences,
    store: boolean,
    stream: boolean,
    temperature: decimal(0, 2),
    tools: arrayOfObjects,
    top_logprobs: integer(0, 20),
    top_p: decimal(0, 1),
    user: string,
  } satisfies Record<string, Check>),
);

/** `POST /v1/chat/completions`. Source: OpenAI's API reference, "Chat Completions". */
export const chatCompletions: Endpoint = {
  path: '/chat/completions',
  needsWholeText: false,
  read(body, model, removed): Answer {
    const { messages } = body;
    if (messages === undefined || messages === null) throw missing('messages');
    const length = messagesLength(messages) + removed;
    checkFields(body, checks);
    const withUsage = streamUsageOf(body);
    const request = textRequest(model, length, tokenLimit(body), typeof body.n === 'number' ? body.n : 1);
    return new TextAnswer(form, request, isOn(body.stream), withUsage);
  },
};

function tokenLimit({ max_tokens: older, max_completion_tokens: newer }: Body): number {
  if (typeof older === 'number' && typeof newer === 'number') {
    const message = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.";
    throw invalidRequest(message, 'max_tokens', 'invalid_parameter_combination');
  }
  return typeof newer === 'number' ? newer : typeof older === 'number' ? older : Infinity;
}

const extras = { service_tier: 'default', system_fingerprint: 'fp_10ad1ab000' };

const usageDetails = {
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: 0,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
};

const whole = new TemplateCache(textHoles, ({ tokens, choices, finishReason }) => ({
  id: hole('id'),
  object: 'chat.completion',
  created: hole('created'),
  model: hole('model'),
  choices: Array.from({ length: choices }, (_, index) => ({
    index,
    message: { role: 'assistant', content: textOf(tokens), refusal: null, annotations: [] },
    logprobs: null,
    finish_reason: finishReason,
  })),
  usage: {
    prompt_tokens: hole('promptTokens'),
    completion_tokens: tokens * choices,
    total_tokens: hole('totalTokens'),
    ...usageDetails,
  },
  ...extras,
}));

const chunkHead = new JsonTemplate(
  { id: hole('id'), object: 'chat.completion.chunk', created: hole('created'), model: hole('model'), ...extras },
  textHoles,
);

function stream(request: TextRequest, fillings: Readonly<Record<TextHole, string>>, withUsage: boolean): TokenStream {
  const choiceJson = (choice: number, delta: string, finish: string): string =>
    `{"index":${choice},"delta":${delta},"logprobs":null,"finish_reason":${finish}}`;
  return new ChunkStream({
    tokens: request.tokens,
    choices: request.choices,
    head: chunkHead.fill(fillings).slice(0, -1),
    usage: withUsage ? JSON.stringify({ ...usageOf(request), ...usageDetails }) : undefined,
    first: (choice) => choiceJson(choice, '{"role":"assistant","content":"","refusal":null}', 'null'),
    next: (choice, text) => choiceJson(choice, `{"content":"${text}"}`, 'null'),
    last: (choice) => choiceJson(choice, '{}', `"${request.finishReason}"`),
  });
}

const form: TextForm = { idPrefix: 'chatcmpl-', whole, stream };
