import type { Api } from '../api';
import { jsonCheck } from './check-json';

const completion = (content: string | null) => ({
  id: 'x',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { completion_tokens: 3 },
});

function check(api: Api, body: unknown, thoroughly = false) {
  return jsonCheck(api)(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), thoroughly);
}

describe('the check of an answer', () => {
  it.each<[string, Api, unknown]>([
    ['a chat completion', 'chat', completion('Hello')],
    ['one that calls tools', 'chat', completion(null)],
    ['a completion', 'completions', { choices: [{ text: 'x' }] }],
    ['an embedding', 'embeddings', { data: [{ embedding: [0.1] }] }],
    ['a response', 'responses', { error: null, output: [{ type: 'message' }] }],
    ['a message', 'messages', { content: [{ type: 'text', text: 'x' }] }],
    ['any object of an unknown API', 'other', { anything: 1 }],
  ])('passes %s, looked at or parsed', (_, api, body) => {
    expect(check(api, body).failure).toBeUndefined();
    expect(check(api, body, true).failure).toBeUndefined();
  });

  it.each<[string, Api, unknown, string]>([
    ['an empty body', 'chat', '', 'no complete JSON object: empty body'],
    ['a page', 'chat', '<html>Bad gateway</html>', 'no complete JSON object: <html>Bad gateway</html>'],
    ['an error', 'chat', { error: { message: 'no such model' } }, 'an error with a status of success: no such model'],
    [
      'a completion cut off',
      'chat',
      JSON.stringify(completion('x')).slice(0, -9),
      'no complete JSON object: {"id":"x"',
    ],
    ['no choices', 'chat', { choices: [] }, 'no "choices": {"choices":[]}'],
    ['an answer of another API', 'embeddings', completion('x'), 'no "data": {"id":"x"'],
  ])('fails %s, with what was there', (_, api, body, words) => {
    const { failure } = check(api, body);
    expect(failure?.failureClass).toBe('content');
    expect(failure?.words).toMatch(new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
  });

  it.each([
    ['brackets that do not match', '{"choices":[{"message":1]}}'],
    ['a choice without a message', '{"choices":[{"text":"x"}]}'],
    ['a choice that is no object', '{"choices":["x"]}'],
  ])('finds %s only when it parses', (_, body) => {
    expect(check('chat', body).failure).toBeUndefined();
    expect(check('chat', body, true).failure?.failureClass).toBe('content');
  });

  it('tells how many tokens there were', () => {
    expect(check('chat', completion('x')).outputTokens).toBe(3);
  });
});
