import type { Answer, Endpoint, Model } from '../answers/answer';
import { promptTokens } from '../answers/words';
import { vectorFor } from './embedding-vector';
import { type Check, checkFields, emptyArray, integer, invalidType, longArray, missing, oneOf, string } from './fields';

const checks = new Map<string, Check>(
  Object.entries({
    dimensions: integer(1, 3072),
    encoding_format: oneOf('float', 'base64'),
    user: string,
  } satisfies Record<string, Check>),
);

/** OpenAI's limit on inputs in one request. */
const MAX_INPUTS = 2048;

/** `POST /v1/embeddings`. Source: OpenAI's API reference, "Embeddings". */
export const embeddings: Endpoint = {
  path: '/embeddings',
  needsWholeText: true,
  read(body, model): Answer {
    checkFields(body, checks);
    const inputs = inputsOf(body.input);
    const dimensions = typeof body.dimensions === 'number' ? body.dimensions : usualDimensions(model.json);
    return new EmbeddingsAnswer(inputs, dimensions, body.encoding_format === 'base64', model);
  },
};

class EmbeddingsAnswer implements Answer {
  readonly streamed = false;

  constructor(
    private readonly inputs: readonly Input[],
    private readonly dimensions: number,
    private readonly base64: boolean,
    private readonly model: Model,
  ) {}

  json(): string {
    const data = this.inputs.map((input, index) => {
      const vector = vectorFor(keyOf(input), this.dimensions);
      return `{"object":"embedding","index":${index},"embedding":${this.base64 ? vector.base64() : vector.floats()}}`;
    });
    const tokens = this.inputs.reduce((sum, input) => sum + tokensOf(input), 0);
    const usage = `{"prompt_tokens":${tokens},"total_tokens":${tokens}}`;
    return `{"object":"list","data":[${data.join(',')}],"model":${this.model.json},"usage":${usage}}`;
  }

  stream(): never {
    throw new Error('embeddings are never streamed');
  }
}

type Input = string | readonly number[];

/** `input` is a string, an array of strings, an array of tokens, or an array of those; none of them empty. */
function inputsOf(input: unknown): readonly Input[] {
  if (input === undefined || input === null) throw missing('input');
  if (typeof input === 'string') return [nonEmpty(input, 'input')];
  if (isTokens(input)) return [nonEmpty(input, 'input')];
  if (!Array.isArray(input)) throw invalidType('input', 'a string or an array', input);
  if (input.length > MAX_INPUTS) throw longArray('input', input.length, MAX_INPUTS);
  return input.map((item: unknown, index) => {
    if (typeof item === 'string' || isTokens(item)) return nonEmpty(item, `input[${index}]`);
    throw invalidType(`input[${index}]`, 'a string or an array of integers', item);
  });
}

function isTokens(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isInteger(item));
}

function nonEmpty(input: Input, path: string): Input {
  if (input.length === 0) throw emptyArray(path);
  return input;
}

function tokensOf(input: Input): number {
  return typeof input === 'string' ? promptTokens(input.length) : input.length;
}

/** Enough of an input to tell it from others, at a cost that does not grow with it. */
function keyOf(input: Input): string {
  const start = typeof input === 'string' ? input.slice(0, KEY_CHARACTERS) : input.slice(0, KEY_CHARACTERS).join(' ');
  return `${input.length} ${start}`;
}

const KEY_CHARACTERS = 64;

/** OpenAI's large model has twice the dimensions of the others. */
function usualDimensions(modelJson: string): number {
  return modelJson.startsWith('"text-embedding-3-large') ? 3072 : 1536;
}
