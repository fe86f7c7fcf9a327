import { messageOf } from './quoted-words';

/** What one event of a streamed answer means. */
export interface StreamFrame {
  /** It carries a piece of the answer: text, reasoning or a tool call. */
  readonly token: boolean;
  /** The answer is said to be complete. */
  readonly finished: boolean;
  /** Output tokens in all, when the event tells. */
  readonly outputTokens: number | undefined;
  /** The target's words, when the event is an error or nothing that is known. */
  readonly problem: string | undefined;
}

const NOTHING: StreamFrame = { token: false, finished: false, outputTokens: undefined, problem: undefined };
const FINISHED: StreamFrame = { ...NOTHING, finished: true };

/** Reads the data of one event, of chat completions, completions, responses or messages: they cannot be confused. */
export function readFrame(data: string): StreamFrame {
  if (data === '[DONE]') return FINISHED;
  const frame = parsed(data);
  if (!isObject(frame)) return { ...NOTHING, problem: `an event that is no JSON object: ${data.slice(0, 200)}` };
  if (isObject(frame.error) || typeof frame.error === 'string' || frame.type === 'error')
    return { ...NOTHING, problem: messageOf(frame) ?? data.slice(0, 200) };
  return typeof frame.type === 'string' ? typedFrame(frame.type, frame) : choicesFrame(frame);
}

type Fields = Record<string, unknown>;

function choicesFrame(frame: Fields): StreamFrame {
  const choice: unknown = Array.isArray(frame.choices) ? frame.choices[0] : undefined;
  const outputTokens = tokensOf(frame.usage);
  if (!isObject(choice)) return { ...NOTHING, outputTokens };
  const delta = isObject(choice.delta) ? choice.delta : {};
  return {
    token: isText(delta.content) || isText(delta.reasoning_content) || isText(choice.text) || isList(delta.tool_calls),
    finished: typeof choice.finish_reason === 'string',
    outputTokens,
    problem: undefined,
  };
}

/** Responses and Messages name the kind of each event. */
function typedFrame(type: string, frame: Fields): StreamFrame {
  if (type === 'content_block_delta' || /^response\..+\.delta$/.test(type)) return { ...NOTHING, token: true };
  if (type === 'message_delta') return { ...NOTHING, outputTokens: tokensOf(frame.usage) };
  if (type === 'message_stop') return FINISHED;
  const response = isObject(frame.response) ? frame.response : {};
  if (type === 'response.completed' || type === 'response.incomplete')
    return { ...FINISHED, outputTokens: tokensOf(response.usage) };
  if (type === 'response.failed') return { ...NOTHING, problem: messageOf(response) ?? 'response.failed' };
  return NOTHING;
}

function tokensOf(usage: unknown): number | undefined {
  if (!isObject(usage)) return undefined;
  const tokens = usage.completion_tokens ?? usage.output_tokens;
  return typeof tokens === 'number' && tokens >= 0 ? tokens : undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
