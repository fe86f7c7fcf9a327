import type { Answer, Endpoint, Stamp, TokenStream } from '../answers/answer';
import { hole, JsonTemplate } from '../answers/json-template';
import { type AnswerShape, TemplateCache } from '../answers/template-cache';
import { type TextHole, type TextRequest, textFillings, textHoles, textRequest } from '../answers/text-request';
import { textOf, token } from '../answers/words';
import {
  arrayOfObjects,
  boolean,
  type Check,
  checkFields,
  decimal,
  integer,
  invalidType,
  isObject,
  isOn,
  missing,
  object,
  oneOf,
  string,
} from './fields';

/** OpenAI accepts no lower cap here. */
const MIN_OUTPUT_TOKENS = 16;

const checks = new Map<string, Check>(
  Object.entries({
    background: boolean,
    instructions: string,
    max_output_tokens: integer(MIN_OUTPUT_TOKENS),
    max_tool_calls: integer(1),
    metadata: object,
    parallel_tool_calls: boolean,
    previous_response_id: string,
    reasoning: object,
    store: boolean,
    stream: boolean,
    stream_options: object,
    temperature: decimal(0, 2),
    text: object,
    tools: arrayOfObjects,
    top_logprobs: integer(0, 20),
    top_p: decimal(0, 1),
    truncation: oneOf('auto', 'disabled'),
    user: string,
  } satisfies Record<string, Check>),
);

/** `POST /v1/responses`. Source: OpenAI's API reference, "Responses" and "Streaming events". */
export const responses: Endpoint = {
  path: '/responses',
  needsWholeText: false,
  read(body, model, removed): Answer {
    checkFields(body, checks);
    const limit = typeof body.max_output_tokens === 'number' ? body.max_output_tokens : undefined;
    const request = textRequest(model, inputLength(body.input) + removed, limit ?? Infinity, 1);
    return new ResponseAnswer(request, isOn(body.stream), limit);
  },
};

class ResponseAnswer implements Answer {
  constructor(
    private readonly request: TextRequest,
    readonly streamed: boolean,
    private readonly limit: number | undefined,
  ) {}

  json(stamp: Stamp): string {
    return finished.get(this.request).fill(this.fillings(stamp));
  }

  stream(stamp: Stamp): TokenStream {
    return new ResponseStream(this.request, this.fillings(stamp), itemId(stamp));
  }

  private fillings(stamp: Stamp): Readonly<Record<Hole, string>> {
    return {
      ...textFillings(this.request, stamp, 'resp_'),
      item: itemId(stamp),
      limit: this.limit === undefined ? 'null' : String(this.limit),
    };
  }
}

function itemId(stamp: Stamp): string {
  return `"msg_${stamp.id}"`;
}

/** Characters of `input`: a string, or an array of items whose content is a string or an array of parts. */
function inputLength(input: unknown): number {
  if (input === undefined || input === null) throw missing('input');
  if (typeof input === 'string') return input.length;
  if (!Array.isArray(input)) throw invalidType('input', 'one of a string or array of input items', input);
  return input.reduce<number>((sum, item: unknown, index) => {
    if (!isObject(item)) throw invalidType(`input[${index}]`, 'an object', item);
    return sum + contentLength(item.content);
  }, 0);
}

function contentLength(content: unknown): number {
  if (typeof content === 'string') return content.length;
  if (!Array.isArray(content)) return 0;
  return content.reduce<number>(
    (sum, part: unknown) => sum + (isObject(part) && typeof part.text === 'string' ? part.text.length : 0),
    0,
  );
}

type Hole = TextHole | 'item' | 'limit';
const holes: readonly Hole[] = [...textHoles, 'item', 'limit'];

function statusOf({ finishReason }: AnswerShape): 'completed' | 'incomplete' {
  return finishReason === 'stop' ? 'completed' : 'incomplete';
}

/** A response object; without a shape, one that is still in progress. */
function describe(shape: AnswerShape | undefined): object {
  return {
    id: hole('id'),
    object: 'response',
    created_at: hole('created'),
    status: shape === undefined ? 'in_progress' : statusOf(shape),
    background: false,
    error: null,
    incomplete_details: shape?.finishReason === 'length' ? { reason: 'max_output_tokens' } : null,
    instructions: null,
    max_output_tokens: hole('limit'),
    model: hole('model'),
    output: shape === undefined ? [] : [message(shape)],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    service_tier: 'default',
    store: true,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage: shape === undefined ? null : usage(shape),
    user: null,
    metadata: {},
  };
}

function usage({ tokens }: AnswerShape): object {
  return {
    input_tokens: hole('promptTokens'),
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: tokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: hole('totalTokens'),
  };
}

function message(shape: AnswerShape): object {
  return {
    id: hole('item'),
    type: 'message',
    status: statusOf(shape),
    role: 'assistant',
    content: [part(textOf(shape.tokens))],
  };
}

function part(text: string): object {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

const finished = new TemplateCache(holes, describe);
const inProgress = new JsonTemplate(describe(undefined), holes);

/** One answer as the events of the responses API, each numbered, each with its type as the event's name. */
class ResponseStream implements TokenStream {
  readonly tokens: number;
  private sequence = 0;
  private readonly place: string;

  constructor(
    private readonly request: TextRequest,
    private readonly fillings: Readonly<Record<Hole, string>>,
    private readonly item: string,
  ) {
    this.tokens = request.tokens;
    this.place = `"item_id":${item},"output_index":0,"content_index":0`;
  }

  start(): string {
    const response = `"response":${inProgress.fill(this.fillings)}`;
    const item = `{"id":${this.item},"type":"message","status":"in_progress","role":"assistant","content":[]}`;
    return (
      this.event('response.created', response) +
      this.event('response.in_progress', response) +
      this.event('response.output_item.added', `"output_index":0,"item":${item}`) +
      this.event('response.content_part.added', `${this.place},"part":${JSON.stringify(part(''))}`)
    );
  }

  token(index: number): string {
    return this.event('response.output_text.delta', `${this.place},"delta":"${token(index)}","logprobs":[]`);
  }

  end(): string {
    const text = textOf(this.tokens);
    const item = new JsonTemplate(message(this.request), holes).fill(this.fillings);
    const response = finished.get(this.request).fill(this.fillings);
    return (
      this.event('response.output_text.done', `${this.place},"text":"${text}","logprobs":[]`) +
      this.event('response.content_part.done', `${this.place},"part":${JSON.stringify(part(text))}`) +
      this.event('response.output_item.done', `"output_index":0,"item":${item}`) +
      this.event(`response.${statusOf(this.request)}`, `"response":${response}`)
    );
  }

  private event(type: string, fields: string): string {
    return `event: ${type}\ndata: {"type":"${type}","sequence_number":${this.sequence++},${fields}}\n\n`;
  }
}
