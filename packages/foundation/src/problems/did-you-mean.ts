import { distance } from 'fastest-levenshtein';

/** The candidate nearest to a misspelt word, or undefined when none is near enough to be what was meant. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const fold = (text: string): string => text.toLowerCase().replace(/[-_ ]/g, '');
  let best: string | undefined;
  // A third of the letters may be wrong, rounded up: two swapped letters, the commonest slip, count as two.
  let bestDistance = Math.ceil(word.length / 3) + 1;
  for (const candidate of candidates) {
    const found = distance(fold(word), fold(candidate));
    if (found < bestDistance) {
      bestDistance = found;
      best = candidate;
    }
  }
  return best;
}
