/**
 * The candidate that a misspelt word most likely stands for, or undefined when none is near enough.
 * Near: at most a third of the letters wrong (one in short words), where two swapped letters are one mistake; else a
 * candidate that begins with the word, or the word with it (`memory` for `memoryGb`).
 */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const folded = fold(word);
  const allowed = Math.min(Math.max(1, Math.floor(folded.length / 3)), folded.length - 1);
  const near = candidates
    .map((candidate) => ({ candidate, mistakes: mistakesBetween(folded, fold(candidate)) }))
    .filter(({ mistakes }) => mistakes <= allowed)
    .sort((left, right) => left.mistakes - right.mistakes)[0];
  return near?.candidate ?? candidates.filter((candidate) => shareBeginning(folded, fold(candidate))).sort(byLength)[0];
}

/**
 * Letters to insert, delete, replace or swap with their neighbour to turn one text into the other: the optimal string
 * alignment distance.
 * @source https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance#Optimal_string_alignment_distance
 */
export function mistakesBetween(left: string, right: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? 0;
}

/** Case and word separators are no mistakes. */
function fold(text: string): string {
  return text.toLowerCase().replace(/[-_ ]/g, '');
}

function shareBeginning(left: string, right: string): boolean {
  return Math.min(left.length, right.length) >= 4 && (left.startsWith(right) || right.startsWith(left));
}

function byLength(left: string, right: string): number {
  return left.length - right.length;
}
