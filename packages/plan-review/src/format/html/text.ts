import { beginning, visibleLine } from '../visible';

/** Names longer than this only push away what stands below. */
const LONGEST = 500;

/** Text of a plan on one line, with what is hidden written out, and not endless. `html` escapes it. */
export function text(value: string): string {
  const shown = visibleLine(beginning(value, LONGEST * 4));
  return shown.length <= LONGEST ? shown : `${beginning(shown, LONGEST - 1)}…`;
}
