import type { z } from 'zod';
import { looksSecret } from '../secrets/looks-secret';
import { nameOfType } from './known-keys';

/** An issue while zod makes it, or when it is made. */
type Issue = z.core.$ZodRawIssue | z.core.$ZodIssue;

/**
 * Words for every kind of zod issue: what is allowed and what was seen. As the error map of a parse they come after a
 * schema's own words, so `z.string({ error: … })` wins. Empty where the words need the place in the document.
 */
export function issueMessage(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${nameOfType(issue.expected)}${notSeen(issue.input)}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}${notSeen(issue.input)}`;
    case 'too_small':
      return `${tooSmall(issue.origin, issue.input)}: ${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}${unit(issue)}`;
    case 'too_big':
      return `${tooBig(issue.origin, issue.input)}: ${issue.inclusive === false ? 'below' : 'at most'} ${issue.maximum}${unit(issue)}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}${notSeen(issue.input)}`;
    case 'invalid_format':
      return `must be ${FORMATS[issue.format] ?? `of the form ${issue.pattern ?? issue.format}`}${notSeen(issue.input)}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'is not allowed as a key';
    case 'unrecognized_keys':
    case 'invalid_union':
    case 'invalid_element':
    case 'custom':
      return '';
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  url: 'a URL such as https://example.com/path',
  cidrv4: 'an IPv4 range such as 10.40.0.0/16',
  ipv4: 'an IPv4 address such as 10.40.0.1',
  datetime: 'a time such as 2026-11-24T18:00:00Z',
  email: 'an e-mail address',
};

/** `, not 5`; nothing for what is not there. */
function notSeen(value: unknown): string {
  return value === undefined ? '' : `, not ${shown(value)}`;
}

/** A value as people recognize it, on one line and at most 60 characters long; never one that looks like a secret. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : typeof value === 'number' ? String(value) : JSON.stringify(value);
  if (looksSecret(text)) return 'what looks like a secret';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function tooSmall(origin: string, input: unknown): string {
  if (origin === 'string') return input === '' ? 'is empty' : `${shown(input)} is too short`;
  if (Array.isArray(input))
    return input.length === 0 ? 'is empty' : `${counted(input.length, 'entry', 'entries')} are too few`;
  return `${shown(input)} is too small`;
}

function tooBig(origin: string, input: unknown): string {
  if (origin === 'string') return `${shown(input)} is too long`;
  if (Array.isArray(input)) return `${counted(input.length, 'entry', 'entries')} are too many`;
  return `${shown(input)} is too large`;
}

function unit(issue: {
  readonly origin: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
}): string {
  const limit = issue.minimum ?? issue.maximum;
  if (issue.origin === 'string') return limit === 1 ? ' character' : ' characters';
  return issue.origin === 'array' ? (limit === 1 ? ' entry' : ' entries') : '';
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
