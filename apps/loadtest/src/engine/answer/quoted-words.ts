/** What is shown of a body that says nothing in a known form. */
const LONGEST_QUOTE = 200;

/** What a body says about a failure: the message of an error in OpenAI's or FastAPI's form, else how it begins. */
export function quotedWords(body: Buffer): string {
  const text = body.toString('utf8');
  return messageOf(parsed(text)) ?? beginningOf(text);
}

/** The message of an error object, if that is what it is. */
export function messageOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('error' in value) {
    const { error } = value;
    return typeof error === 'string' ? error : messageOf(error);
  }
  if ('message' in value && typeof value.message === 'string') return value.message;
  if ('detail' in value) return typeof value.detail === 'string' ? value.detail : messageOf(value.detail);
  return undefined;
}

function beginningOf(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  if (words === '') return 'empty body';
  return words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE)}…` : words;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
