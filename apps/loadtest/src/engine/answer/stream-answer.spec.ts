import type { AnswerFacts } from '../../recorder/answer-facts';
import type { Failure } from '../failure';
import { StreamAnswer } from './stream-answer';

const delta = (content: string): string => JSON.stringify({ choices: [{ index: 0, delta: { content } }] });
const finish = JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
const usage = (tokens: number): string => JSON.stringify({ choices: [], usage: { completion_tokens: tokens } });

/** Plays events at times in milliseconds. */
function play(events: readonly (readonly [number, string])[]): {
  flaw: Failure | undefined;
  facts: AnswerFacts;
  gaps: number[];
} {
  const facts: AnswerFacts = {
    outputTokens: 0,
    overheadMs: NaN,
    responseMs: NaN,
    firstTokenMs: NaN,
    gapsMs: new Float64Array(0),
    gapCount: 0,
  };
  const answer = new StreamAnswer(facts);
  answer.begin();
  for (const [atMs, data] of events) answer.push(Buffer.from(`data: ${data}\n\n`), atMs);
  const flaw = answer.end();
  return { flaw, facts, gaps: [...facts.gapsMs.subarray(0, facts.gapCount)] };
}

describe('a streamed answer', () => {
  it('times the first content token and the gaps between content tokens, not the other events', () => {
    const role = JSON.stringify({ choices: [{ delta: { role: 'assistant', content: '' } }] });
    const { flaw, facts, gaps } = play([
      [10, role],
      [50, delta('a')],
      [60, delta('b')],
      [85, delta('c')],
      [90, finish],
      [91, usage(9)],
      [92, '[DONE]'],
    ]);
    expect(flaw).toBeUndefined();
    expect(facts).toMatchObject({ firstTokenMs: 50, outputTokens: 9 });
    expect(gaps).toEqual([10, 25]);
  });

  it('counts content events when nobody tells how many tokens there were', () => {
    expect(
      play([
        [1, delta('a')],
        [2, delta('b')],
        [3, '[DONE]'],
      ]).facts.outputTokens,
    ).toBe(2);
  });

  it.each([
    ['by [DONE] alone', [delta('a'), '[DONE]']],
    ['by a finish_reason alone', [delta('a'), finish]],
    [
      'by a finish_reason with the last token',
      [JSON.stringify({ choices: [{ delta: { content: 'a' }, finish_reason: 'length' }] })],
    ],
  ])('is complete %s', (_, events) => {
    expect(play(events.map((data, index) => [index, data])).flaw).toBeUndefined();
  });

  it.each([
    ['the end is missing', [delta('a'), delta('b')], 'ended without [DONE]'],
    ['an error comes in the middle', [delta('a'), '{"error":{"message":"overloaded"}}', '[DONE]'], 'overloaded'],
    [
      'an event is no JSON',
      [delta('a'), '{"choices":[{"de', '[DONE]'],
      'an event that is no JSON object: {"choices":[{"de',
    ],
    ['nothing was said', ['[DONE]'], 'without a single content token'],
  ])('fails when %s', (_, events, words) => {
    const { flaw } = play(events.map((data, index) => [index, data]));
    expect(flaw?.failureClass).toBe('content');
    expect(flaw?.words).toContain(words);
  });

  it.each([
    ['reasoning', [JSON.stringify({ choices: [{ delta: { reasoning_content: 'hm' } }] }), finish]],
    ['tool calls', [JSON.stringify({ choices: [{ delta: { tool_calls: [{ index: 0 }] } }] }), finish]],
    ['completions', [JSON.stringify({ choices: [{ text: 'a', finish_reason: null }] }), '[DONE]']],
    [
      'responses',
      [
        '{"type":"response.created"}',
        '{"type":"response.output_text.delta","delta":"a"}',
        '{"type":"response.completed","response":{"usage":{"output_tokens":4}}}',
      ],
    ],
    ['messages', ['{"type":"message_start"}', '{"type":"content_block_delta"}', '{"type":"message_stop"}']],
  ])('knows the tokens of %s', (_, events) => {
    const { flaw, facts } = play(events.map((data, index) => [index, data]));
    expect(flaw).toBeUndefined();
    expect(facts.firstTokenMs).not.toBeNaN();
  });

  it.each([
    ['{"type":"response.failed","response":{"error":{"message":"no quota"}}}', 'no quota'],
    ['{"type":"error","message":"overloaded"}', 'overloaded'],
    ['{"type":"error","error":{"message":"overloaded"}}', 'overloaded'],
    ['{"error":"plain"}', 'plain'],
  ])('hears the error in %s', (data, words) => {
    expect(play([[1, data]]).flaw?.words).toBe(words);
  });
});
