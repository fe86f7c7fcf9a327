import { isObject } from '../values/masks';
import { beginning, visible } from './visible';

/** A value on one line, as HCL would nearly have it; longer ones are cut, with how much is missing. What is empty is left out. */
export function showValue(value: unknown, most = 120): string {
  if (value === undefined) return '(none)';
  const isMark = typeof value === 'string' && /^\((?:sensitive|known after apply)\)$/.test(value);
  const text = visible(isMark ? value : JSON.stringify(filled(value)));
  if (text.length <= most) return text;
  const start = beginning(text, most - 1);
  return `${start}… (${text.length - start.length} more)`;
}

/** A value without what its objects leave empty: the JSON of a plan writes down every argument that nobody gave. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filled);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => !isEmpty(part))
      .map(([key, part]) => [key, filled(part)]),
  );
}

function isEmpty(part: unknown): boolean {
  return part === null || part === '' || (Array.isArray(part) && part.length === 0);
}
