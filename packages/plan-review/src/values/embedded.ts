import { parse as parseYaml } from 'yaml';
import { DEEPEST, isDeeperThan } from './depth';
import { isObject } from './masks';

/** A document that stands as text inside an attribute. */
export interface Embedded {
  readonly language: 'json' | 'yaml';
  readonly value: unknown;
}

/** Longer texts are compared as text: parsing them would cost more than it tells. */
const LONGEST = 1024 * 1024;

/** The JSON or YAML document in a text, or undefined when it holds none worth comparing by structure. */
export function embeddedIn(text: unknown): Embedded | undefined {
  const document = documentIn(text);
  return document === undefined || isDeeperThan(document.value, DEEPEST) ? undefined : document;
}

function documentIn(text: unknown): Embedded | undefined {
  if (typeof text !== 'string' || text.length > LONGEST) return undefined;
  const trimmed = text.trim();
  if (/^[[{]/.test(trimmed)) {
    try {
      return { language: 'json', value: JSON.parse(trimmed) as unknown };
    } catch {
      // Braces also start what is no JSON: a template, a log format.
      return undefined;
    }
  }
  // YAML takes nearly any text; only one of several lines that is a mapping or a list was meant as YAML.
  if (!trimmed.includes('\n') || !/^(?:---|#|[\w"'.-]+:|- )/.test(trimmed)) return undefined;
  try {
    const value: unknown = parseYaml(trimmed, { maxAliasCount: 100 });
    return isObject(value) || Array.isArray(value) ? { language: 'yaml', value } : undefined;
  } catch {
    return undefined;
  }
}
