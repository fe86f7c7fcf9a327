const WORDS = (
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna ' +
  'aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis aute ' +
  'irure in reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur excepteur sint occaecat cupidatat non ' +
  'proident sunt culpa qui officia deserunt mollit anim id est laborum'
).split(' ');

/** Answers this long or shorter are kept; longer ones are rare, and made when needed. */
const KEPT_TOKENS = 4096;
const kept = new Map<number, string>();

/** Token `index` of every answer: a word with the space before it. */
export function token(index: number): string {
  const word = WORDS[index % WORDS.length] ?? '';
  return index === 0 ? word : ` ${word}`;
}

/** The text of that many tokens. */
export function textOf(tokens: number): string {
  const known = kept.get(tokens);
  if (known !== undefined) return known;
  const text = Array.from({ length: tokens }, (_, index) => token(index)).join('');
  if (tokens <= KEPT_TOKENS) kept.set(tokens, text);
  return text;
}

/** About how many tokens a prompt of so many characters has: four to one, OpenAI's rule of thumb; at least one. */
export function promptTokens(characters: number): number {
  return Math.max(1, Math.ceil(characters / 4));
}
