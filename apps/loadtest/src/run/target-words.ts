import { quotedWords } from '../engine/answer/quoted-words';
import type { Answer } from './send-request';

/** The target's own words about a failure, on one line: the message of an API error, a page's title, or how the body begins. */
export function targetWords({ body, contentType }: Pick<Answer, 'body' | 'contentType'>): string {
  if (!contentType.includes('text/html')) return quotedWords(Buffer.from(body)).replace(/\s+/g, ' ').trim();
  return /<title>([^<]*)/i.exec(body)?.[1]?.trim() ?? 'a web page';
}
