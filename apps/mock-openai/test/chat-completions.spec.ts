import { type RunningMock, startMockOpenAi } from '../src';
import { chat, messages, post, postForEvents } from './call';

let mock: RunningMock;
beforeAll(async () => {
  mock = await startMockOpenAi({ latencySeconds: 0, ttftSeconds: 0, gapSeconds: 0, tokens: 4 });
});
afterAll(() => mock.stop());

const ask = (body: object) => post(`${mock.url}/v1/chat/completions`, { ...chat, ...body });
const stream = (body: object) => postForEvents(`${mock.url}/v1/chat/completions`, { ...chat, stream: true, ...body });

const usageDetails = {
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: 0,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
};

describe('POST /v1/chat/completions', () => {
  it('answers with a chat completion, every field in its place', async () => {
    const { status, headers, body } = await ask({});

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('x-request-id')).toMatch(/^req_\w{32}$/);
    expect(body).toEqual({
      id: expect.stringMatching(/^chatcmpl-\w{32}$/) as string,
      object: 'chat.completion',
      created: expect.any(Number) as number,
      model: 'mock',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'lorem ipsum dolor sit', refusal: null, annotations: [] },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 4, completion_tokens: 4, total_tokens: 8, ...usageDetails },
      service_tier: 'default',
      system_fingerprint: expect.stringMatching(/^fp_/) as string,
    });
  });

  it('gives each answer its own id', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask({})));

    expect(new Set(answers.map(({ body }) => (body as { id: string }).id)).size).toBe(20);
  });

  it.each([
    ['max_tokens', 3, 3, 'length'],
    ['max_tokens', 4, 4, 'stop'],
    ['max_tokens', 1000, 4, 'stop'],
    ['max_completion_tokens', 1, 1, 'length'],
  ])('obeys %s: %p', async (name, limit, tokens, finish) => {
    const { body } = await ask({ [name]: limit });

    expect(body).toMatchObject({ choices: [{ finish_reason: finish }], usage: { completion_tokens: tokens } });
    expect(
      (body as { choices: { message: { content: string } }[] }).choices[0]?.message.content.split(' '),
    ).toHaveLength(tokens);
  });

  it('gives as many choices as asked for, and counts the tokens of all', async () => {
    const { body } = await ask({ n: 3 });

    expect(body).toMatchObject({
      choices: [{ index: 0 }, { index: 1 }, { index: 2 }],
      usage: { completion_tokens: 12 },
    });
  });

  it.each([
    ['one word', [{ role: 'user', content: 'hi' }], 1],
    ['a conversation', [...messages, { role: 'assistant', content: 'x'.repeat(14) }, ...messages], 11],
    ['parts', [{ role: 'user', content: [{ type: 'text', text: 'x'.repeat(40) }, { type: 'image_url' }] }], 10],
    ['16 KB', [{ role: 'user', content: 'x'.repeat(16_350) }], 4088],
    ['16 KB with escapes', [{ role: 'user', content: 'x\n'.repeat(8175) }], 4088],
  ])('counts four characters of the prompt as a token: %s', async (_, prompt, tokens) => {
    const { body } = await ask({ messages: prompt });

    expect(body).toMatchObject({ usage: { prompt_tokens: tokens, total_tokens: tokens + 4 } });
  });

  it.each(['gpt-4o', 'fake-openai-endpoint', 'Mödell "1"/😀', 'mock;tokens=4'])(
    'repeats the name of the model: %s',
    async (model) => {
      expect((await ask({ model })).body).toMatchObject({ model });
    },
  );

  it('streams the role, then each token, then the finish reason, then [DONE]', async () => {
    const events = await stream({});

    const chunk = (delta: object, finish: string | null): object => ({
      event: undefined,
      data: {
        id: expect.stringMatching(/^chatcmpl-\w{32}$/) as string,
        object: 'chat.completion.chunk',
        created: expect.any(Number) as number,
        model: 'mock',
        service_tier: 'default',
        system_fingerprint: expect.any(String) as string,
        choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
      },
    });
    expect(events).toEqual([
      chunk({ role: 'assistant', content: '', refusal: null }, null),
      ...['lorem', ' ipsum', ' dolor', ' sit'].map((content) => chunk({ content }, null)),
      chunk({}, 'stop'),
      { event: undefined, data: '[DONE]' },
    ]);
    expect(new Set(events.slice(0, -1).map(({ data }) => (data as { id: string }).id)).size).toBe(1);
  });

  it('streams the usage last, if asked for, and null until then', async () => {
    const events = await stream({ stream_options: { include_usage: true } });

    const chunks = events.slice(0, -1).map(({ data }) => data as { choices: unknown[]; usage: unknown });
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 4, completion_tokens: 4, total_tokens: 8, ...usageDetails },
    });
    expect(events.at(-1)?.data).toBe('[DONE]');
  });

  it('streams every choice', async () => {
    const events = await stream({ n: 2, max_tokens: 2 });

    const choices = events.slice(0, -1).flatMap(({ data }) => (data as { choices: { index: number }[] }).choices);
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
    expect(choices.at(-1)).toMatchObject({ index: 1, finish_reason: 'length' });
  });
});
