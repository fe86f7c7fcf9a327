import type { Finding, Rule } from '../lint-context';
import type { ConfigView, Scalar } from '../config-view';

/** Keys that hold credentials, whatever their section: `api_key`, `aws_secret_access_key`, `LANGFUSE_SECRET_KEY`. */
const SECRET_KEY =
  /(?:^|_)(?:api_?key|secret|secret_key|access_key|access_key_id|private_key|signing_key|encryption_key|license_key|license|master_key|salt_key|key|password|passwd|pass|token|auth_token|ad_token|session_token|access_token|credentials?|dsn)$/i;
/** Keys that end like those, and hold none. */
const HARMLESS_KEY =
  /(?:^|_)(?:public_key|cache_key|model_key|group_key|sort_key|partition_key|mapping_key|bos_token|eos_token|pad_token|stop_token)$/i;

/**
 * Keys for upstreams that check none. LiteLLM's OpenAI client wants some text there, and `os.environ/NAME` for a
 * value that is no secret would only make the task's definition longer.
 */
const HARMLESS_VALUES: readonly string[] = ['not-needed', 'none', 'no-key', 'dummy', 'fake-key'];

/** Shapes that are secrets wherever they stand. */
const SECRET_SHAPES: readonly { readonly what: string; readonly shape: RegExp }[] = [
  { what: 'an API key', shape: /^(?:sk|rk|pk|gsk|xai|r8|hf|glpat|tvly)[-_][A-Za-z0-9_-]{8,}/ },
  { what: 'an AWS access key', shape: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: 'a Google API key', shape: /\bAIza[A-Za-z0-9_-]{30,}/ },
  { what: 'a GitHub token', shape: /\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}/ },
  { what: 'a Slack token', shape: /\bxox[abprs]-[A-Za-z0-9-]{10,}/ },
  { what: 'a webhook address that is itself the credential', shape: /hooks\.slack\.com\/services\/\w/ },
  { what: 'a JSON web token', shape: /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\./ },
  { what: 'a private key', shape: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { what: 'an address with a password in it', shape: /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i },
  { what: 'a bearer token', shape: /^(?:Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/i },
];

/** Secrets written out. The file lands in plans, states and on a file system; none of these may hold one. */
export const literalSecrets: Rule = (config, { variables }) =>
  secretsIn(config).map(({ path, what }): Finding => {
    const variable = variableFor(keyOf(path));
    return {
      path,
      // The value itself stays out of the message: messages end up in logs.
      message: `holds ${what} in clear, and would go into plans, states and logs with it`,
      hint: variables.includes(variable)
        ? `write os.environ/${variable}, which the task gets`
        : `write os.environ/${variable} and name the secret's ARN in environment.yaml: proxy.secrets.${variable}`,
    };
  });

/** Values that are secrets in clear, each with what kind of secret it seems to be. */
export function secretsIn(config: ConfigView): (Scalar & { readonly what: string })[] {
  return config.scalars.flatMap((scalar) => {
    const what = kindOfSecret(scalar);
    return what === undefined ? [] : [{ ...scalar, what }];
  });
}

function kindOfSecret({ path, value }: Scalar): string | undefined {
  if (typeof value === 'boolean' || isReference(value) || isHarmless(value)) return undefined;
  const shape = SECRET_SHAPES.find((candidate) => candidate.shape.test(String(value)));
  if (shape !== undefined) return shape.what;
  const key = keyOf(path);
  return SECRET_KEY.test(key) && !HARMLESS_KEY.test(key) && !isSetting(key, value) ? 'a secret' : undefined;
}

/** The nearest map key above a value. */
function keyOf(path: Scalar['path']): string {
  return path.findLast((part) => typeof part === 'string') ?? '';
}

function isReference(value: unknown): boolean {
  return typeof value === 'string' && /^os\.environ\b|^\$|\{\{/.test(value);
}

function isHarmless(value: unknown): boolean {
  return value === '' || (typeof value === 'string' && HARMLESS_VALUES.includes(value.toLowerCase()));
}

/** `max_tokens: 5` or `ttl`: a number is a secret only where a password is wanted; a path is where one lies. */
function isSetting(key: string, value: string | number): boolean {
  if (typeof value === 'number') return !/pass|secret|master_key|salt_key|api_?key/i.test(key);
  return /^\.{0,2}\/[\w./-]+$/.test(value);
}

function variableFor(key: string): string {
  const name = key.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
  if (name === 'MASTER_KEY') return 'LITELLM_MASTER_KEY';
  return name === 'API_KEY' || name === '' ? 'OPENAI_API_KEY' : name;
}
