import fc from 'fast-check';
import { abridgeJson } from './abridge-json';

/** JSON as people and gateways send it, with strings short and long, then perhaps damaged by a byte. */
const character = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...Array.from('abc xyz.,{}[]:019')) },
  { weight: 1, arbitrary: fc.constantFrom('"', '\\', '\n', '\0', 'é', '€', '😀') },
);
const longText = fc
  .tuple(fc.string({ unit: character, maxLength: 40 }), fc.nat(60))
  .map(([text, times]) => text.repeat(times));
const value = fc.oneof(longText, fc.integer(), fc.boolean(), fc.constant(null), fc.array(longText, { maxLength: 3 }));
const document = fc.dictionary(fc.string({ unit: character, maxLength: 8 }), value, { maxKeys: 4 });
const damage = fc.option(fc.record({ at: fc.nat(), byte: fc.constantFrom(...Array.from('",:}]\\ \n\0\tx')) }), {
  freq: 3,
});

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Strings cut as the abridger cuts them. */
function cutStrings(item: unknown): unknown {
  if (typeof item === 'string') return item.length > 511 ? item.slice(0, 256) : item;
  if (Array.isArray(item)) return item.map(cutStrings);
  if (typeof item !== 'object' || item === null) return item;
  return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, cutStrings(inner)]));
}

describe('abridgeJson', () => {
  it('accepts exactly what JSON.parse accepts, and means the same but for the cuts', () => {
    let abridgedCases = 0;
    fc.assert(
      fc.property(document, damage, (content, harm) => {
        const whole = JSON.stringify({ pad: 'p'.repeat(2000), ...content });
        const at = harm === null ? 0 : harm.at % whole.length;
        const text = harm === null ? whole : whole.slice(0, at) + harm.byte + whole.slice(at + 1);
        const abridged = abridgeJson(Buffer.from(text));
        if (abridged === undefined) return;
        abridgedCases++;

        const original = parse(text);
        const short = parse(abridged.text);

        expect(short === undefined).toBe(original === undefined);
        expect(short?.value).toEqual(original === undefined ? undefined : cutStrings(original.value));
        expect(abridged.text.length + abridged.removed).toBe(text.length);
      }),
      { numRuns: 1000 },
    );
    // Else the property would say nothing.
    expect(abridgedCases).toBeGreaterThan(100);
  });

  it.each([
    ['a short body', JSON.stringify({ text: 'a'.repeat(600) })],
    ['nothing long in it', JSON.stringify(Array.from({ length: 500 }, () => 'short'))],
    ['an escape', JSON.stringify({ text: `${'a'.repeat(3000)}\n` })],
    ['other letters than ASCII', JSON.stringify({ text: `${'a'.repeat(3000)}é` })],
    ['a control character in a long string', `{"text":"${'a'.repeat(3000)}\n"}`],
    ['a string without end', `{"text":"${'a'.repeat(3000)}`],
  ])('leaves the whole to the parser: %s', (_, text) => {
    expect(abridgeJson(Buffer.from(text))).toBeUndefined();
  });

  it('shortens a 16 KB prompt to a few hundred characters', () => {
    const text = JSON.stringify({ model: 'gpt', messages: [{ role: 'user', content: 'word '.repeat(3270) }] });

    expect(abridgeJson(Buffer.from(text))?.text.length).toBeLessThan(400);
  });
});
