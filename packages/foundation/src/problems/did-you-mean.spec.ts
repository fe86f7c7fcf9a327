import fc from 'fast-check';
import { didYouMean, mistakesBetween } from './did-you-mean';

describe('the word that was meant', () => {
  it.each([
    ['two letters swapped in a short word', 'nmae', ['model', 'name'], 'name'],
    ['a letter left out', 'imge', ['image', 'tasks'], 'image'],
    ['a letter too many', 'taskss', ['image', 'tasks'], 'tasks'],
    ['another case', 'memorygb', ['cpu', 'memoryGb'], 'memoryGb'],
    ['another separator', 'model-list', ['model_list', 'model_name'], 'model_list'],
    ['only its beginning', 'certificate', ['domain', 'certificateArn'], 'certificateArn'],
    ['more than its whole', 'bucketName', ['bucket', 'region'], 'bucket'],
    ['the nearer of two', 'taks', ['tags', 'tasks'], 'tags'],
  ])('is found with %s', (_what, word, candidates, meant) => {
    expect(didYouMean(word, candidates)).toBe(meant);
  });

  it.each([
    ['a single letter', 'x', ['y']],
    ['a word that resembles none', 'kubernetes', ['image', 'tasks', 'cpu']],
    ['nothing to choose from', 'image', []],
    ['no word at all', '', ['cpu']],
  ])('is not guessed for %s', (_what, word, candidates) => {
    expect(didYouMean(word, candidates)).toBeUndefined();
  });
});

describe('the number of mistakes', () => {
  const word = fc.string({ maxLength: 12 });

  it.each([
    ['nmae', 'name', 1],
    ['ca', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['abc', 'abc', 0],
  ])('between %j and %j is %i', (left, right, mistakes) => {
    expect(mistakesBetween(left, right)).toBe(mistakes);
  });

  it('is none only between equal words, the same both ways, and at most the longer word', () => {
    fc.assert(
      fc.property(word, word, (left, right) => {
        const mistakes = mistakesBetween(left, right);
        expect(mistakes === 0).toBe(left === right);
        expect(mistakesBetween(right, left)).toBe(mistakes);
        expect(mistakes).toBeLessThanOrEqual(Math.max(left.length, right.length));
        expect(mistakes).toBeGreaterThanOrEqual(Math.abs(left.length - right.length));
      }),
    );
  });

  it('counts neighbours that changed places as one', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 2, maxLength: 12 }), fc.nat(), (text, seed) => {
        const at = seed % (text.length - 1);
        const swapped = text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
        expect(mistakesBetween(text, swapped)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
