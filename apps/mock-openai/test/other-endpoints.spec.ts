import { type RunningMock, startMockOpenAi } from '../src';
import { chat, get, post, postForEvents } from './call';

let mock: RunningMock;
beforeAll(async () => {
  mock = await startMockOpenAi({ latencySeconds: 0, ttftSeconds: 0, gapSeconds: 0, tokens: 20 });
});
afterAll(() => mock.stop());

const words = (text: string): number => text.trim().split(' ').length;

describe('every endpoint', () => {
  const bodies = {
    '/chat/completions': chat,
    '/completions': { model: 'mock', prompt: 'hi' },
    '/embeddings': { model: 'mock', input: 'hi' },
    '/responses': { model: 'mock', input: 'hi' },
  };

  it.each(Object.entries(bodies))(
    'POST %s answers with /v1 before it and without, and with a query',
    async (path, body) => {
      const answers = await Promise.all(
        [`/v1${path}`, path, `/v1${path}?api-version=1`].map((url) => post(mock.url + url, body)),
      );

      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    },
  );

  it.each(['/v1/models', '/models'])('GET %s lists models', async (path) => {
    const { status, body } = await get(mock.url + path);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: 'list',
      data: [{ id: 'mock', object: 'model' }, { id: 'fake-openai-endpoint' }, {}],
    });
  });

  it('GET /v1/models/{model} knows every model', async () => {
    expect((await get(`${mock.url}/v1/models/gpt%2F4%20o`)).body).toMatchObject({ id: 'gpt/4 o', object: 'model' });
  });

  it('GET /health says that it is well, and HEAD too, without a word', async () => {
    expect(await get(`${mock.url}/health`)).toMatchObject({ status: 200, body: { status: 'ok' } });
    const head = await fetch(`${mock.url}/health`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});

describe('POST /v1/completions', () => {
  const url = (): string => `${mock.url}/v1/completions`;

  it('answers with a text completion', async () => {
    const { body } = await post(url(), { model: 'mock', prompt: 'x'.repeat(9), max_tokens: 3 });

    expect(body).toEqual({
      id: expect.stringMatching(/^cmpl-\w{32}$/) as string,
      object: 'text_completion',
      created: expect.any(Number) as number,
      model: 'mock',
      choices: [{ text: 'lorem ipsum dolor', index: 0, logprobs: null, finish_reason: 'length' }],
      usage: { prompt_tokens: 3, completion_tokens: 3, total_tokens: 6 },
    });
  });

  it.each([
    ['a text', 'hi', 1],
    ['texts', ['a', 'b', 'c'], 3],
    ['tokens', [1, 2, 3], 1],
    ['lists of tokens', [[1, 2], [3]], 2],
    ['nothing', undefined, 1],
  ])('takes %s for a prompt, and answers each', async (_, prompt, prompts) => {
    const { body } = await post(url(), { model: 'mock', prompt, n: 2 });

    expect((body as { choices: unknown[] }).choices).toHaveLength(prompts * 2);
  });

  it('streams text chunks, the usage if asked for, and [DONE]', async () => {
    const body = { model: 'mock', prompt: 'hi', max_tokens: 2, stream: true, stream_options: { include_usage: true } };
    const events = await postForEvents(url(), body);

    const choice = (text: string, finish: string | null): object => ({
      object: 'text_completion',
      choices: [{ text, index: 0, logprobs: null, finish_reason: finish }],
      usage: null,
    });
    expect(events.map(({ data }) => data)).toMatchObject([
      choice('lorem', null),
      choice(' ipsum', null),
      choice('', 'length'),
      { choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
      '[DONE]',
    ]);
  });
});

describe('POST /v1/responses', () => {
  const url = (): string => `${mock.url}/v1/responses`;

  it('answers with a completed response', async () => {
    const { body } = await post(url(), { model: 'mock', input: 'x'.repeat(40) });

    expect(body).toMatchObject({
      id: expect.stringMatching(/^resp_\w{32}$/) as string,
      object: 'response',
      status: 'completed',
      error: null,
      incomplete_details: null,
      max_output_tokens: null,
      model: 'mock',
      output: [
        {
          id: expect.stringMatching(/^msg_\w{32}$/) as string,
          type: 'message',
          status: 'completed',
          role: 'assistant',
          content: [{ type: 'output_text', annotations: [] }],
        },
      ],
      usage: { input_tokens: 10, output_tokens: 20, total_tokens: 30 },
    });
  });

  it('is incomplete when the cap is reached, and says why', async () => {
    const { body } = await post(url(), { model: 'mock', input: 'hi', max_output_tokens: 16 });

    expect(body).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      max_output_tokens: 16,
      usage: { output_tokens: 16 },
    });
    const { output } = body as { output: { content: { text: string }[] }[] };
    expect(words(output[0]?.content[0]?.text ?? '')).toBe(16);
  });

  it('takes items for an input', async () => {
    const input = [
      { role: 'user', content: 'x'.repeat(20) },
      { role: 'user', content: [{ type: 'input_text', text: 'x'.repeat(20) }, { type: 'input_image' }] },
      { type: 'item_reference', id: 'msg_1' },
    ];

    expect((await post(url(), { model: 'mock', input })).body).toMatchObject({ usage: { input_tokens: 10 } });
  });

  it.each([
    [undefined, 20, 'response.completed'],
    [17, 17, 'response.incomplete'],
  ])('streams the events of the responses API, numbered (cap %p)', async (cap, tokens, last) => {
    const events = await postForEvents(url(), { model: 'mock', input: 'hi', stream: true, max_output_tokens: cap });

    const data = events.map((event) => event.data as { type: string; sequence_number: number; delta?: string });
    expect(data.map(({ type }) => type)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      ...Array.from({ length: tokens }, () => 'response.output_text.delta'),
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      last,
    ]);
    expect(events.map(({ event }) => event)).toEqual(data.map(({ type }) => type));
    expect(data.map((event) => event.sequence_number)).toEqual(data.map((_, index) => index));
    const text = data.map(({ delta }) => delta ?? '').join('');
    expect(data.at(-1)).toMatchObject({
      response: { output: [{ content: [{ text }] }], usage: { output_tokens: tokens } },
    });
  });
});

describe('POST /v1/embeddings', () => {
  interface Embeddings {
    data: { object: string; index: number; embedding: number[] | string }[];
    usage: object;
  }
  const embed = async (body: object): Promise<Embeddings> =>
    (await post(`${mock.url}/v1/embeddings`, { model: 'mock', ...body })).body as Embeddings;
  const floats = (base64: string): number[] => {
    const bytes = Buffer.from(base64, 'base64');
    return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
  };

  it.each([
    ['a text', 'hi', 1],
    ['texts', ['a', 'b', 'c'], 3],
    ['tokens', [1, 2, 3], 1],
    ['lists of tokens', [[1, 2], [3]], 2],
  ])('takes %s for an input', async (_, input, vectors) => {
    const { data } = await embed({ input, dimensions: 8 });

    expect(data.map(({ object, index }) => [object, index])).toEqual(
      Array.from({ length: vectors }, (_item, index) => ['embedding', index]),
    );
  });

  it.each([
    ['mock', undefined, 1536],
    ['text-embedding-3-large', undefined, 3072],
    ['mock', 7, 7],
    ['mock', 1, 1],
  ])('gives %s with dimensions %p a unit vector of %p', async (model, dimensions, length) => {
    const { data } = await embed({ model, dimensions, input: 'hi' });

    const vector = data[0]?.embedding as number[];
    expect(vector).toHaveLength(length);
    expect(vector.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 4);
  });

  it('gives the same numbers as floats and in base64', async () => {
    const [asFloats, asBase64] = await Promise.all(
      ['float', 'base64'].map((encoding) => embed({ input: ['one', 'two'], encoding_format: encoding })),
    );

    expect(asBase64?.data.map(({ embedding }) => floats(embedding as string))).toEqual(
      asFloats?.data.map(({ embedding }) => embedding),
    );
  });

  it('gives equal texts equal vectors, and different texts different ones', async () => {
    const long = 'x'.repeat(3000);
    const { data } = await embed({ input: ['one', 'two', 'one', long, `${long}x`] });

    const [one, two, oneAgain, longer, longest] = data.map(({ embedding }) => JSON.stringify(embedding));
    expect(oneAgain).toBe(one);
    expect(new Set([one, two, longer, longest]).size).toBe(4);
  });

  it('counts the tokens of all inputs', async () => {
    expect(await embed({ input: ['x'.repeat(8), 'y'] })).toMatchObject({
      usage: { prompt_tokens: 3, total_tokens: 3 },
    });
    expect(await embed({ input: [[1, 2, 3], [4]] })).toMatchObject({ usage: { prompt_tokens: 4, total_tokens: 4 } });
  });
});
