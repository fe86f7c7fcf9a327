/** A value as text. Not by its own word: an object of a plan may hold a `toString` that is no function. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
