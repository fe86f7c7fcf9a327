import { type RunningMock, startMockOpenAi } from '../src';
import { chat, get, messages, post } from './call';
import { chatRefusals, type Refusal } from './chat-refusals';

let mock: RunningMock;
beforeAll(async () => {
  mock = await startMockOpenAi({ latencySeconds: 0, ttftSeconds: 0, gapSeconds: 0 });
});
afterAll(() => mock.stop());

const completionRefusals: Refusal[] = [
  ['a prompt that is a number', { model: 'mock', prompt: 5 }, 'prompt', 'invalid_type', 'a string or an array'],
  ['no prompt in the list', { model: 'mock', prompt: [] }, 'prompt', 'empty_array', 'empty array'],
  [
    'a prompt that is an object',
    { model: 'mock', prompt: ['a', {}] },
    'prompt[1]',
    'invalid_type',
    'array of integers',
  ],
  [
    'max_tokens below one',
    { model: 'mock', prompt: 'a', max_tokens: -5 },
    'max_tokens',
    'integer_below_min_value',
    '>= 1',
  ],
];

const embeddingRefusals: Refusal[] = [
  ['no input', { model: 'mock' }, 'input', 'missing_required_parameter', "'input'"],
  ['an empty input', { model: 'mock', input: '' }, 'input', 'empty_array', 'empty array'],
  ['an empty list', { model: 'mock', input: [] }, 'input', 'empty_array', 'empty array'],
  ['an empty text in the list', { model: 'mock', input: ['a', ''] }, 'input[1]', 'empty_array', 'input[1]'],
  ['an input that is an object', { model: 'mock', input: {} }, 'input', 'invalid_type', 'but got an object'],
  [
    'an unknown encoding',
    { model: 'mock', input: 'a', encoding_format: 'hex' },
    'encoding_format',
    'invalid_value',
    "'float', and 'base64'",
  ],
  ['no dimension', { model: 'mock', input: 'a', dimensions: 0 }, 'dimensions', 'integer_below_min_value', '>= 1'],
  ['too many inputs', { model: 'mock', input: Array(2049).fill('a') }, 'input', 'array_above_max_length', '2048'],
];

const responseRefusals: Refusal[] = [
  ['no input', { model: 'mock' }, 'input', 'missing_required_parameter', "'input'"],
  ['an input that is a number', { model: 'mock', input: 3 }, 'input', 'invalid_type', 'but got an integer'],
  ['an item that is a text', { model: 'mock', input: ['a'] }, 'input[0]', 'invalid_type', 'expected an object'],
  [
    'max_output_tokens below 16',
    { model: 'mock', input: 'a', max_output_tokens: 15 },
    'max_output_tokens',
    'integer_below_min_value',
    '>= 16',
  ],
];

const cases = Object.entries({
  '/v1/chat/completions': chatRefusals,
  '/v1/completions': completionRefusals,
  '/v1/embeddings': embeddingRefusals,
  '/v1/responses': responseRefusals,
}).flatMap(([path, refusals]) => refusals.map((refusal) => [path, ...refusal] as const));

describe('a request that OpenAI would refuse', () => {
  it.each(cases)('%s refuses %s', async (path, _what, body, param, code, message) => {
    const answer = await post(mock.url + path, body);

    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      error: { message: expect.stringContaining(message) as string, type: 'invalid_request_error', param, code },
    });
  });

  it('is refused in the same words when its stream was asked for', async () => {
    const answer = await post(`${mock.url}/v1/chat/completions`, { ...chat, stream: true, n: 0 });

    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/json']);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx'])(
    'is refused for its content type %s',
    async (type) => {
      const answer = await post(`${mock.url}/v1/chat/completions`, chat, { 'content-type': type });

      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ error: { code: 'unsupported_content_type', param: null } });
    },
  );

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])(
    'is taken with the content type %s',
    async (type) => {
      expect((await post(`${mock.url}/v1/chat/completions`, chat, { 'content-type': type })).status).toBe(200);
    },
  );

  it('is refused when its body is above 25 MiB, whole, and the connection goes on', async () => {
    const tooLarge = { ...chat, messages: [{ role: 'user', content: 'x'.repeat(26_214_400) }] };

    const refused = await post(`${mock.url}/v1/chat/completions`, tooLarge);

    expect(refused.status).toBe(413);
    expect(refused.body).toMatchObject({ error: { code: 'request_too_large' } });
    expect((await post(`${mock.url}/v1/chat/completions`, chat)).status).toBe(200);
  });
});

describe('what a gateway may send besides', () => {
  it.each([
    ['fields that OpenAI does not know', { my_gateway: { id: 1 } }],
    [
      'null where a field may be left out',
      { max_tokens: null, n: null, stream: null, stream_options: null, stop: null },
    ],
    [
      'an assistant that only calls a tool',
      { messages: [...messages, { role: 'assistant', content: null, tool_calls: [{}] }] },
    ],
    ['four stop sequences', { stop: ['a', 'b', 'c', 'd'] }],
    ['a negative seed', { seed: -5 }],
  ])('is taken: %s', async (_, body) => {
    expect((await post(`${mock.url}/v1/chat/completions`, { ...chat, ...body })).status).toBe(200);
  });
});

describe('a path that is not there', () => {
  it.each([
    ['GET', '/', 404, 'unknown_url', 'Unknown request URL: GET /.'],
    ['POST', '/v1/chat/completion', 404, 'unknown_url', 'Unknown request URL: POST /v1/chat/completion.'],
    ['GET', '/v2/models', 404, 'unknown_url', 'GET /v2/models'],
    ['GET', '/v1/chat/completions', 405, 'method_not_supported', 'Not allowed to GET on /v1/chat/completions.'],
    ['DELETE', '/v1/models/mock', 405, 'method_not_supported', 'Not allowed to DELETE on /v1/models/mock.'],
    ['POST', '/stats', 405, 'method_not_supported', 'Not allowed to POST on /stats.'],
  ])('%s %s gets %p in the shape of any error', async (method, path, status, code, message) => {
    const answer = await fetch(mock.url + path, { method });

    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({
      error: { message: expect.stringContaining(message) as string, type: 'invalid_request_error', param: null, code },
    });
  });

  it('says which method there is', async () => {
    const { headers } = await get(`${mock.url}/v1/chat/completions`);

    expect(headers.get('allow')).toBe('POST');
  });
});
