import fc from 'fast-check';
import { scenario, type ScenarioChanges } from '../../../test/engine/scenario';
import { endpointOf } from '../transport/endpoint';
import { OutgoingRequest } from './outgoing-request';
import { compileRequests, type RequestCatalogue } from './request-catalogue';
import type { RequestOptions } from './request-options';
import { TOKEN_PLACE, writeToken } from './request-token';

interface Sent {
  readonly line: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown>;
  readonly bodyBytes: number;
}

function compile(
  request: ScenarioChanges['request'] = {},
  options: Partial<RequestOptions> = {},
  seed = 1,
): RequestCatalogue {
  const compiled = scenario({ request, seed });
  return compileRequests(compiled, { endpoint: endpointOf('http://host:4000', compiled.request.path), ...options });
}

/** A request as it goes out. */
function sent(catalogue: RequestCatalogue, index = 0): Sent {
  const outgoing = new OutgoingRequest(catalogue);
  outgoing.prepare(index);
  const bytes = Buffer.concat([outgoing.front, catalogue.bytesOf(index).rest ?? Buffer.alloc(0)]);
  const end = bytes.indexOf('\r\n\r\n');
  const [line = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const body = bytes.subarray(end + 4);
  return {
    line,
    headers: Object.fromEntries(lines.map((text) => text.split(': ', 2) as [string, string])),
    body: JSON.parse(body.toString('utf8')) as Record<string, unknown>,
    bodyBytes: body.length,
  };
}

function promptOf({ body }: Sent): string {
  const [message] = body.messages as { content: string }[];
  return message?.content ?? '';
}

describe('a request', () => {
  it('is a chat completion with its exact length', () => {
    const { line, headers, body, bodyBytes } = sent(compile({ model: 'gpt "x"', maxTokens: 16 }, { apiKey: 'sk-1' }));
    expect(line).toBe('POST /v1/chat/completions HTTP/1.1');
    expect(headers).toEqual({
      host: 'host:4000',
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'loadlab',
      authorization: 'Bearer sk-1',
      'content-length': String(bodyBytes),
      connection: 'keep-alive',
    });
    expect(body).toMatchObject({ model: 'gpt "x"', max_tokens: 16, user: 'loadlab', messages: [{ role: 'user' }] });
    expect(body).not.toHaveProperty('stream');
  });

  it('asks for the usage when it streams', () => {
    const { body, headers } = sent(compile({ stream: true }));
    expect(body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(headers.accept).toBe('text/event-stream');
  });

  it("lets the scenario's headers replace ours, whatever their case", () => {
    const { headers } = sent(compile({}, { apiKey: 'sk-1', headers: { Authorization: 'Basic abc', 'x-team': 'red' } }));
    expect(headers).toMatchObject({ Authorization: 'Basic abc', 'x-team': 'red' });
    expect(headers).not.toHaveProperty('authorization');
  });

  it.each([
    ['/v1/embeddings', { input: 'hi' }],
    ['/v1/completions', { prompt: 'hi', max_tokens: 4 }],
    ['/v1/responses', { input: 'hi', max_output_tokens: 4 }],
    ['/v1/messages', { messages: [{ role: 'user', content: 'hi' }], max_tokens: 4 }],
    ['/openai/deployments/x/chat/completions?api-version=1', { messages: [{ role: 'user', content: 'hi' }] }],
  ])('to %s has its form', (path, expected) => {
    expect(sent(compile({ path, prompt: { text: 'hi' }, maxTokens: 4 })).body).toMatchObject(expected);
  });
});

describe('a generated prompt', () => {
  it.each([36, 37, 109, 110, 16_350, 100_000])('has exactly %d bytes', (bytes) => {
    const prompt = promptOf(sent(compile({ prompt: { bytes, unique: true } })));
    expect(Buffer.byteLength(prompt)).toBe(bytes);
  });

  it('repeats the published sentence after a UUID', () => {
    const prompt = promptOf(sent(compile({ prompt: { bytes: 16_350, unique: true } })));
    expect(prompt).toMatch(
      /^([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12} This is a test there will be no cache hits and we'll fill up the context){150}$/,
    );
  });

  it('is another for each request, and the same for the same seed and number', () => {
    const catalogue = compile({ prompt: { bytes: 5_000, unique: true } });
    const prompts = [0, 1, 2, 1_000_000].map((index) => promptOf(sent(catalogue, index)));
    expect(new Set(prompts).size).toBe(4);
    expect(promptOf(sent(compile({ prompt: { bytes: 5_000, unique: true } }), 2))).toBe(prompts[2]);
    expect(promptOf(sent(compile({ prompt: { bytes: 5_000, unique: true } }, {}, 2), 2))).not.toBe(prompts[2]);
  });

  it('is the same each time when it need not be unique', () => {
    const catalogue = compile({ prompt: { bytes: 50, unique: false } });
    expect(promptOf(sent(catalogue, 1))).toBe(promptOf(sent(catalogue, 2)));
  });

  it('is not confused by a model that looks like one', () => {
    const { body } = sent(compile({ model: TOKEN_PLACE }), 5);
    expect(body.model).toBe(TOKEN_PLACE);
  });

  it('is shared by all connections: what one sends changes nothing for another', () => {
    const catalogue = compile({ prompt: { bytes: 16_350, unique: true } });
    const [one, other] = [new OutgoingRequest(catalogue), new OutgoingRequest(catalogue)];
    one.prepare(1);
    const before = Buffer.from(one.front);
    other.prepare(2);
    expect(one.front).toEqual(before);
    expect(catalogue.bytesOf(1).rest).toBe(catalogue.bytesOf(2).rest);
    expect(one.front.length).toBeLessThan(1_000);
  });
});

describe('prompts of a file', () => {
  const prompts = ['eins', 'zwei ✓', 'drei'];
  const words = (order: 'sequential' | 'shuffled', seed: number): string[] => {
    const catalogue = compile({ prompt: { file: 'prompts.jsonl', order } }, { prompts }, seed);
    return Array.from({ length: 6 }, (_, index) => promptOf(sent(catalogue, index)));
  };

  it('come in their order, again and again', () => {
    expect(words('sequential', 1)).toEqual([...prompts, ...prompts]);
  });

  it('come shuffled by the seed, each as often as the others', () => {
    expect(words('shuffled', 1)).toEqual(words('shuffled', 1));
    expect(words('shuffled', 1).toSorted()).toEqual([...prompts, ...prompts].toSorted());
  });

  it('are asked for when they are missing', () => {
    expect(() => compile({ prompt: { file: 'prompts.jsonl', order: 'sequential' } })).toThrow('no prompts were given');
  });
});

describe('the token of a request', () => {
  const token = (seed: number, index: number): string => {
    const buffer = Buffer.from(TOKEN_PLACE);
    writeToken(buffer, 0, seed, index);
    return buffer.toString();
  };
  const index = fc.oneof(fc.nat(), fc.maxSafeNat());

  it('is a UUID, and another for another number', () => {
    fc.assert(
      fc.property(fc.nat(), index, index, (seed, left, right) => {
        expect(token(seed, left)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(token(seed, left) === token(seed, right)).toBe(left === right);
      }),
    );
  });

  it('is never met twice in a long run', () => {
    expect(new Set(Array.from({ length: 50_000 }, (_, number) => token(1, number))).size).toBe(50_000);
  });
});
