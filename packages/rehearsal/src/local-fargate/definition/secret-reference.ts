/** Where ECS takes a secret variable from: all of a secret, or one field of its JSON. */
export interface SecretReference {
  /** ARN of a secret or of a parameter, or a parameter's name. */
  readonly id: string;
  readonly jsonKey?: string;
  readonly versionStage?: string;
  readonly versionId?: string;
}

/**
 * Reads `valueFrom`: `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME[:json-key:version-stage:version-id]`, or anything else as it is.
 * @source https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function parseSecretReference(valueFrom: string): SecretReference {
  const parts = valueFrom.split(':');
  if (parts[2] !== 'secretsmanager') return { id: valueFrom };
  const [jsonKey = '', versionStage = '', versionId = ''] = parts.slice(7);
  return {
    id: parts.slice(0, 7).join(':'),
    ...(jsonKey === '' ? {} : { jsonKey }),
    ...(versionStage === '' ? {} : { versionStage }),
    ...(versionId === '' ? {} : { versionId }),
  };
}

/**
 * The value of a secret variable out of a store of whole secrets by id; a string that says what is missing otherwise.
 * Never puts a value into that string.
 */
export function resolveSecret(
  valueFrom: string,
  lookUp: (id: string) => string | undefined,
): { value: string } | { missing: string } {
  const { id, jsonKey } = parseSecretReference(valueFrom);
  const secret = lookUp(id);
  if (secret === undefined) return { missing: `${id} is not in the local store` };
  if (jsonKey === undefined) return { value: secret };
  const field = jsonField(secret, jsonKey);
  return field === undefined ? { missing: `${id} holds no JSON object with the key "${jsonKey}"` } : { value: field };
}

function jsonField(secret: string, key: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(secret);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || !Object.hasOwn(parsed, key)) return undefined;
  const field: unknown = Object.entries(parsed).find(([name]) => name === key)?.[1];
  return typeof field === 'string' ? field : JSON.stringify(field);
}
