/** A value on one line, as HCL would nearly have it; longer ones are cut, with how much is missing. */
export function showValue(value: unknown, most = 120): string {
  if (value === undefined) return '(none)';
  const text =
    typeof value === 'string' && /^\((?:sensitive|known after apply)\)$/.test(value) ? value : JSON.stringify(value);
  return text.length <= most ? text : `${text.slice(0, most - 1)}… (${text.length - most + 1} more)`;
}
