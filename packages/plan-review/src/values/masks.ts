import { createHash } from 'node:crypto';

/** What stands for a value that must not be shown. */
export const SENSITIVE = '(sensitive)';
/** What stands for a value that Terraform does not know yet. */
export const UNKNOWN = '(known after apply)';
const TRACE = new RegExp(`${String.fromCharCode(0)}[0-9a-f]{64}`, 'g');

/**
 * Puts `(sensitive)` and `(known after apply)` where Terraform's own marks say so. Marks mirror the value's shape; `true` covers all
 * below it. An unknown value is absent from the value itself, so its keys are taken from the marks.
 */
export function masked(value: unknown, sensitive: unknown, unknown: unknown): unknown {
  if (sensitive === true) return veiled(value);
  if (unknown === true) return UNKNOWN;
  if (isUnmarked(sensitive) && isUnmarked(unknown)) return value;
  if (Array.isArray(value) || (Array.isArray(unknown) && isMissing(value))) {
    const elements: unknown[] = Array.isArray(value) ? value : [];
    const length = Math.max(elements.length, Array.isArray(unknown) ? unknown.length : 0);
    return Array.from({ length }, (_, index) => masked(elements[index], at(sensitive, index), at(unknown, index)));
  }
  if (isObject(value) || (isObject(unknown) && isMissing(value) && holdsTrue(unknown))) {
    const object = isObject(value) ? value : {};
    const hidden = isObject(unknown)
      ? Object.keys(unknown).filter((key) => !Object.hasOwn(object, key) && holdsTrue(unknown[key]))
      : [];
    return Object.fromEntries(
      [...Object.keys(object), ...hidden].map((key) => [
        key,
        masked(own(object, key), at(sensitive, key), at(unknown, key)),
      ]),
    );
  }
  return value;
}

/** A sensitive value that can still be compared: two differ when what they hide differs. `unveil` takes the trace away. */
function veiled(value: unknown): string {
  return `${SENSITIVE}\0${createHash('sha256')
    .update(JSON.stringify(value ?? null))
    .digest('hex')}`;
}

/** Takes away by what sensitive values were told apart, so that nothing of them is left. */
export function unveil(text: string): string {
  return text.includes('\0') ? text.replace(TRACE, '') : text;
}

/** Every text that a value's sensitive marks cover, for masking it wherever else it appears. */
export function sensitiveTexts(value: unknown, sensitive: unknown): string[] {
  if (isMissing(value) || sensitive === false || isMissing(sensitive)) return [];
  if (sensitive === true) return texts(value);
  if (Array.isArray(value)) return value.flatMap((element, index) => sensitiveTexts(element, at(sensitive, index)));
  if (isObject(value)) return Object.keys(value).flatMap((key) => sensitiveTexts(value[key], at(sensitive, key)));
  return [];
}

/** True for a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an object itself holds under a name: a plan may name a key `valueOf`, which every object has from its prototype. */
export function own<T>(object: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(texts);
  return isObject(value) ? Object.values(value).flatMap(texts) : [];
}

function at(marks: unknown, key: string | number): unknown {
  if (marks === true) return true;
  if (Array.isArray(marks) && typeof key === 'number') return marks[key] as unknown;
  return isObject(marks) && typeof key === 'string' ? own(marks, key) : undefined;
}

function holdsTrue(marks: unknown): boolean {
  return (
    marks === true ||
    (Array.isArray(marks) ? marks.some(holdsTrue) : isObject(marks) && Object.values(marks).some(holdsTrue))
  );
}

/** Nothing is marked: most values of most plans. */
function isUnmarked(marks: unknown): boolean {
  if (typeof marks !== 'object' || marks === null) return marks !== true;
  for (const key in marks) if (Object.hasOwn(marks, key)) return false;
  return true;
}

function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
