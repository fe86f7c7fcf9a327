import fc from 'fast-check';
import { outlineJson } from './json-outline';

const CHOICES = Buffer.from('choices');
const outline = (text: string) => outlineJson(Buffer.from(text), CHOICES);

describe('the outline of a JSON answer', () => {
  it('sees every object as complete, and no beginning of one', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 3 }), fc.nat(), fc.boolean(), (object, place, pretty) => {
        const text = JSON.stringify(object, undefined, pretty ? 2 : undefined);
        const bytes = Buffer.from(text);
        expect(outlineJson(bytes, CHOICES).complete).toBe(true);
        expect(outlineJson(bytes.subarray(0, place % bytes.length), CHOICES).complete).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with a parser about the keys at the top', () => {
    const entry = fc.constantFrom('choices', 'error', 'usage', 'x');
    const value = fc.oneof(
      fc.constant(null),
      fc.constant([]),
      fc.constant([1]),
      fc.json().map((text): unknown => JSON.parse(text)),
    );
    fc.assert(
      fc.property(fc.dictionary(entry, value, { noNullPrototype: true }), (object) => {
        const { filled, error } = outline(JSON.stringify(object));
        expect(filled).toBe(Array.isArray(object.choices) && object.choices.length > 0);
        expect(error).toBe(object.error !== undefined && object.error !== null);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['a page', '<!doctype html><html></html>'],
    ['a list', '[{"choices":[1]}]'],
    ['an object cut off inside a string', '{"choices":[{"message":{"content":"}]}'],
    ['an object cut off after an escape', '{"choices":["\\'],
    ['something after the object', '{"choices":[1]} x'],
  ])('sees that %s is no complete object', (_, text) => {
    expect(outline(text).complete).toBe(false);
  });

  it('finds the end of long strings whatever is escaped in them', () => {
    const letters = fc.string({ unit: fc.constantFrom('"', '\\', 'x', '}', '\n', 'é'), maxLength: 120 });
    fc.assert(
      fc.property(letters, letters, fc.nat(), (one, other, place) => {
        const bytes = Buffer.from(JSON.stringify({ id: one, choices: [other], end: true }));
        expect(outlineJson(bytes, CHOICES)).toEqual({ complete: true, filled: true, error: false, outputTokens: 0 });
        expect(outlineJson(bytes.subarray(0, place % bytes.length), CHOICES).complete).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('is not taken in by quotes and brackets inside strings', () => {
    const text = JSON.stringify({ id: '"}]{["', choices: [{ message: { content: 'say \\"error": {}' } }] });
    expect(outline(text)).toEqual({ complete: true, filled: true, error: false, outputTokens: 0 });
  });

  it.each([
    ['completion_tokens', '{"usage":{"prompt_tokens":5,"completion_tokens":42,"total_tokens":47}}', 42],
    ['output_tokens', '{"usage": { "output_tokens" : 7 }}', 7],
    ['no number', '{"usage":{"completion_tokens":null}}', 0],
    ['only the words', '{"content":"completion_tokens"}', 0],
  ])('reads %s', (_, text, expected) => {
    expect(outline(text).outputTokens).toBe(expected);
  });
});
