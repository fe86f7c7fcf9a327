import { isObject } from '../values/masks';
import { mapWhereNeeded, redactor } from '../values/redact';
import type { Review } from './review-schema';

/** Fields that hold a word of the review's own: a secret may be one of these words, too. */
const OWN_WORDS = new Set(['schema', 'risk', 'action', 'level', 'status', 'currency']);
/** Fields that hold values of a plan, whose keys may be secrets as well. */
const VALUES = new Set(['before', 'after']);

/**
 * Puts `(sensitive)` wherever a secret stands in what a review took from plans. What is the review's own, its keys, its numbers and the words
 * that it chooses from a few, stays: else a secret that reads `update` or `address` would make another thing of it.
 */
export function hideSecrets(review: Review, secrets: readonly string[]): Review {
  const redact = redactor(secrets);
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return redact(value);
    if (Array.isArray(value)) return mapWhereNeeded(value, visit);
    if (!isObject(value)) return value;
    const keys = Object.keys(value);
    const parts = Object.values(value);
    const shown = mapWhereNeeded(parts, (part, index) => {
      const key = keys[index] ?? '';
      return OWN_WORDS.has(key) ? part : VALUES.has(key) ? redact(part) : visit(part);
    });
    return shown === parts ? value : Object.fromEntries(keys.map((key, index) => [key, shown[index]]));
  };
  // Texts become texts, and nothing else changes.
  return visit(review) as Review;
}
