import { beginning, visibleLine } from '../visible';

/** Names longer than this only push away what stands below. */
const LONGEST = 500;

/** Text of a plan on one line, with what is hidden written out, and not endless. `html` escapes it. */
export function text(value: string): string {
  const shown = visibleLine(beginning(value, LONGEST * 4));
  return shown.length <= LONGEST ? shown : `${beginning(shown, LONGEST - 1)}…`;
}

/** Words as a sentence begins. A name that stands first stays as it is: `aws_vpc.main` is no `Aws_vpc.main`. */
export function sentence(words: string): string {
  return words.replace(/^[a-z]+(?:-[a-z]+)?(?=\s|$)/, (first) => first.charAt(0).toUpperCase() + first.slice(1));
}
