/** A property that is there only when its value is: a section that does not apply is absent, never empty or zero. */
export function optional<K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> {
  const property: Partial<Record<K, V>> = {};
  if (value !== undefined) property[name] = value;
  return property;
}
