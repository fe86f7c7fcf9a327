import { Token } from 'cdktf';

/**
 * A value from a user's file, with all strings in it safe from Terraform, which would take `${` and `%{` for the
 * beginning of an expression. References to other resources stay what they are.
 */
export function literal(value: unknown): unknown {
  if (typeof value === 'string') {
    return Token.isUnresolved(value) ? value : value.replace(/[$%](?=\{)/g, '$&$&');
  }
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, literal(member)]));
}
