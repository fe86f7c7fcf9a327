/** How many leading characters of a spelling are looked up together. */
const HEAD = 6;
const TABLE = 1 << 16;

/**
 * Replaces every occurrence of any of many texts, each at least six characters long; the longest wins where several begin. One pass,
 * whatever their number: a regular expression of thousands of alternatives would try each at every place.
 */
export function replacer(spellings: readonly string[], replacement: string): (text: string) => string {
  if (spellings.length === 0) return (text) => text;
  const byHead = new Map<string, string[]>();
  const mayBegin = new Uint8Array(TABLE);
  // Longest first, lest a text that is part of another leaves the rest standing.
  for (const spelling of [...spellings].sort((left, right) => right.length - left.length)) {
    const head = spelling.slice(0, HEAD);
    const alike = byHead.get(head);
    if (alike === undefined) byHead.set(head, [spelling]);
    else alike.push(spelling);
    mayBegin[hashAt(spelling, 0)] = 1;
  }
  return (text) => {
    let result = '';
    let copied = 0;
    for (let index = 0; index <= text.length - HEAD; index += 1) {
      if (mayBegin[hashAt(text, index)] !== 1) continue;
      const found = byHead.get(text.slice(index, index + HEAD))?.find((spelling) => text.startsWith(spelling, index));
      if (found === undefined) continue;
      result += text.slice(copied, index) + replacement;
      copied = index + found.length;
      index = copied - 1;
    }
    return copied === 0 ? text : result + text.slice(copied);
  };
}

/** Of the first three characters: tells nearly every place at which nothing begins. */
function hashAt(text: string, index: number): number {
  return ((text.charCodeAt(index) * 31 + text.charCodeAt(index + 1)) * 31 + text.charCodeAt(index + 2)) & (TABLE - 1);
}
