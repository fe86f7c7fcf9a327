/**
 * Characters that act instead of showing: controls (a terminal obeys them), marks that turn the direction of writing, and those that
 * take no room. What is read must be what is there.
 */
const HIDDEN = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0/gu;

/** Most texts: nothing in them needs a closer look. */
const PLAIN = /^[ -~]*$/;

/** A text in which every hidden character is written out: `\u{202e}`. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(HIDDEN, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

/** As `visible`, on one line: what would begin another is a blank. */
export function visibleLine(text: string): string {
  return visible(text.replace(/[\t\n\r]+/g, ' '));
}

/** The beginning of a text: at most `most` characters, and no half of one at its end. */
export function beginning(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}
