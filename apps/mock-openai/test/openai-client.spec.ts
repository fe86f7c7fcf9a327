import OpenAI from 'openai';
import { type RunningMock, startMockOpenAi } from '../src';
import { messages } from './call';

// OpenAI's own client, as most programs use it: what it accepts, they accept.
let mock: RunningMock;
let client: OpenAI;
beforeAll(async () => {
  mock = await startMockOpenAi({ latencySeconds: 0, ttftSeconds: 0, gapSeconds: 0, tokens: 5 });
  client = new OpenAI({ baseURL: `${mock.url}/v1`, apiKey: 'any', maxRetries: 0 });
});
afterAll(() => mock.stop());

const TEXT = 'lorem ipsum dolor sit amet';

describe("OpenAI's client", () => {
  it('reads a chat completion', async () => {
    const completion = await client.chat.completions.create({ model: 'gpt-4o', messages: [...asked] });

    expect(completion.choices[0]?.message.content).toBe(TEXT);
    expect(completion._request_id).toMatch(/^req_/);
  });

  it('reads a stream of chunks, with the usage', async () => {
    const stream = await client.chat.completions.create({
      model: 'gpt-4o',
      messages: [...asked],
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let tokens = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      tokens = chunk.usage?.completion_tokens ?? tokens;
    }

    expect([text, tokens]).toEqual([TEXT, 5]);
  });

  it('puts a stream together to the same completion', async () => {
    const runner = client.chat.completions.stream({ model: 'gpt-4o', messages: [...asked], n: 2 });

    const completion = await runner.finalChatCompletion();
    expect(completion.choices.map(({ message, finish_reason }) => [message.content, finish_reason])).toEqual([
      [TEXT, 'stop'],
      [TEXT, 'stop'],
    ]);
  });

  it('reads a response and its stream', async () => {
    const response = await client.responses.create({ model: 'gpt-4o', input: 'Say something.' });
    const streamed = await client.responses.stream({ model: 'gpt-4o', input: 'Say something.' }).finalResponse();

    expect([response.output_text, streamed.output_text]).toEqual([TEXT, TEXT]);
  });

  it('reads an older completion', async () => {
    const completion = await client.completions.create({ model: 'davinci', prompt: 'Say something.' });

    expect(completion.choices[0]?.text).toBe(TEXT);
  });

  it('reads embeddings, which it asks for in base64', async () => {
    const { data } = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['one', 'two'] });

    expect(data.map(({ embedding }) => embedding.length)).toEqual([1536, 1536]);
    expect(typeof data[0]?.embedding[0]).toBe('number');
  });

  it('lists models', async () => {
    const ids: string[] = [];
    for await (const model of client.models.list()) ids.push(model.id);

    expect(ids).toContain('mock');
  });

  it.each([
    ['mock;status=401', OpenAI.AuthenticationError, 'invalid_api_key'],
    ['mock;status=404', OpenAI.NotFoundError, 'model_not_found'],
    ['mock;status=429', OpenAI.RateLimitError, 'rate_limit_exceeded'],
    ['mock;status=500', OpenAI.InternalServerError, null],
    ['mock;tokens=none', OpenAI.BadRequestError, 'invalid_model_override'],
  ])('knows the error of model %s for what it is', async (model, kind, code) => {
    const refused = client.chat.completions.create({ model, messages: [...asked] });

    await expect(refused).rejects.toBeInstanceOf(kind);
    await expect(refused).rejects.toMatchObject({ code });
  });

  it('succeeds by itself where only some requests fail', async () => {
    const patient = new OpenAI({ baseURL: mock.url, apiKey: 'any', maxRetries: 20 });
    const sometimes = 'mock;error-rate=50%;error-status=429';

    const completion = await patient.chat.completions.create({ model: sometimes, messages: [...asked] });

    expect(completion.choices[0]?.message.content).toBe(TEXT);
  });
});

const asked = messages.map(({ content }) => ({ role: 'user' as const, content }));
