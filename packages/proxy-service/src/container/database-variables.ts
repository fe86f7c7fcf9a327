/** The database as the network sees it. */
export interface GatewayDatabase {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly username: string;
  /** ARN of the secret; with `:jsonKey::` where the password is one field of it. */
  readonly passwordSecretArn: string;
}

/** What LiteLLM puts its DATABASE_URL together from, so that only the password is a secret. */
export function databaseVariables({ host, port, name, username }: GatewayDatabase): Record<string, string> {
  return {
    DATABASE_HOST: host,
    DATABASE_PORT: String(port),
    DATABASE_NAME: name,
    DATABASE_USERNAME: username,
    // The default would go on in clear where the server does not offer TLS.
    DATABASE_SSLMODE: 'require',
  };
}

/** Sorted by name, so that the same options give the same task definition. */
export function byName(values: Readonly<Record<string, string>>): [name: string, value: string][] {
  return Object.entries(values).sort(([left], [right]) => (left < right ? -1 : 1));
}
