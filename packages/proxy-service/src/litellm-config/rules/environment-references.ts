import { didYouMean } from '@loadlab/foundation';
import type { ConfigView, Scalar } from '../config-view';
import type { Finding, LintContext, Rule } from '../lint-context';

const REFERENCE = /^os\.environ\/([A-Za-z_][A-Za-z0-9_]*)$/;
/** Ways to write a variable that work elsewhere; LiteLLM takes them for plain text. */
const FOREIGN: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'the shell', pattern: /\$\{([A-Za-z_]\w*)[^}]*\}/ },
  { name: 'the shell', pattern: /^\$([A-Z_][A-Z0-9_]*)$/ },
  { name: 'Python', pattern: /os\.environ(?:\.get\(|\[)\s*["']?(\w+)/ },
  { name: 'Python', pattern: /os\.getenv\(\s*["']?(\w+)/ },
  { name: 'a template', pattern: /\{\{\s*(?:env\.|\.Values\.)?([A-Za-z_]\w*)\s*\}\}/ },
  { name: 'GitHub', pattern: /^env:([A-Za-z_]\w*)$/ },
  { name: 'YAML tags', pattern: /^!ENV\s+(\w+)/ },
];
/** Federation settings that name a secret for later: LiteLLM leaves these unresolved on purpose. */
const POINTER_SUFFIX = '_ref';

/** Variables that the task does not get, or that LiteLLM would not look up where they stand. */
export const environmentReferences: Rule = (config, context) =>
  config.scalars.flatMap((scalar) => {
    const { value } = scalar;
    if (typeof value !== 'string') return [];
    if (value.startsWith('os.environ/')) return reference(scalar, value, config, context);
    return [...foreign(scalar, value), ...buried(scalar, value)];
  });

function reference(scalar: Scalar, value: string, config: ConfigView, context: LintContext): Finding[] {
  const { path } = scalar;
  const name = REFERENCE.exec(value)?.[1];
  if (name === undefined) return [malformed(scalar, value)];
  if (typeof path.at(-1) === 'number') {
    return [
      {
        path,
        message: `LiteLLM resolves os.environ/ in maps only: in a list "${value}" stays the text that it is`,
        hint: 'write the value itself, or use a setting that takes one value',
      },
    ];
  }
  if (context.variables.includes(name) || String(path.at(-1)).endsWith(POINTER_SUFFIX)) return [];
  return [missing(path, name, config, context)];
}

function missing(path: Finding['path'], name: string, config: ConfigView, { variables }: LintContext): Finding {
  if (name in config.section('environment_variables')) {
    return {
      path,
      message: `${name} comes from environment_variables, which LiteLLM sets only after os.environ/ is resolved`,
      hint: 'write the value here, or set the variable in environment.yaml under proxy.environment',
    };
  }
  if (name === 'DATABASE_URL') {
    return {
      path,
      message: 'the task gets no DATABASE_URL, which would hold the password in clear',
      hint: 'leave the key out: LiteLLM puts the address together from DATABASE_HOST, _NAME, _USERNAME and _PASSWORD',
    };
  }
  const likely = didYouMean(name, variables);
  const effect = path.includes('api_base') || path.includes('base_url') ? ' and the provider’s public address' : '';
  const manager = config.section('general_settings').key_management_system !== undefined;
  return {
    path,
    message: `the task gets no variable ${name}, so LiteLLM would go on with nothing${effect}`,
    hint:
      likely === undefined
        ? `add it to environment.yaml: proxy.secrets (an ARN) or proxy.environment`
        : `did you mean os.environ/${likely}?`,
    // A secret manager of LiteLLM's own may know it.
    severity: manager ? 'warning' : 'error',
  };
}

function malformed({ path }: Scalar, value: string): Finding {
  const name = /^os\.environ\/(\w+)\//.exec(value)?.[1];
  return {
    path,
    message: `"${value}" names no variable: all after os.environ/ is its name`,
    hint:
      name === 'MOCK_OPENAI_URL'
        ? 'write os.environ/MOCK_OPENAI_URL: the mock answers without /v1, too'
        : 'write os.environ/NAME and nothing after it',
  };
}

function foreign({ path }: Scalar, value: string): Finding[] {
  const found = FOREIGN.map(({ name, pattern }) => ({ name, variable: pattern.exec(value)?.[1] })).find(
    ({ variable }) => variable !== undefined,
  );
  if (found?.variable === undefined) return [];
  return [
    {
      path,
      message: `refers to ${found.variable} the way ${found.name} does, which LiteLLM takes for plain text`,
      hint: `write os.environ/${found.variable}`,
    },
  ];
}

/** `https://os.environ/HOST/v1`: only a whole value is resolved. */
function buried({ path }: Scalar, value: string): Finding[] {
  if (!value.includes('os.environ/')) return [];
  return [
    {
      path,
      message: 'LiteLLM resolves os.environ/ only as a whole value, not inside of one',
      hint: 'put the whole value into one variable',
    },
  ];
}
