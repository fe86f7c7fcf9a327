import type { Finding, Rule } from '../lint-context';

/** Settings that name Python code as `module.attribute`. */
const CODE_SETTINGS: readonly (readonly [section: string, key: string])[] = [
  ['general_settings', 'custom_auth'],
  ['general_settings', 'custom_key_generate'],
  ['general_settings', 'custom_key_update'],
  ['general_settings', 'custom_sso'],
  ['litellm_settings', 'callbacks'],
  ['litellm_settings', 'success_callback'],
  ['litellm_settings', 'failure_callback'],
  ['litellm_settings', 'post_call_rules'],
];

/** What config.yaml would need beside it: it is published to the task's file system as one file. */
export const publishedAlone: Rule = (config) => [
  ...(config.root.include === undefined
    ? []
    : [
        {
          path: ['include'],
          message: 'the task gets config.yaml alone, and LiteLLM stops where an included file is missing',
          hint: 'write the content into this file',
        } satisfies Finding,
      ]),
  ...CODE_SETTINGS.flatMap(([section, key]) => {
    const value = config.section(section)[key];
    return (Array.isArray(value) ? (value as unknown[]) : [value])
      .filter((item): item is string => typeof item === 'string' && /^[A-Za-z_]\w*\.\w/.test(item))
      .filter((item) => !item.startsWith('litellm.') && !item.startsWith('os.environ'))
      .map((item): Finding => ({
        path: [section, key],
        message: `"${item}" is Python code that LiteLLM looks for beside config.yaml, which the task gets alone`,
        hint: 'use an image that has the module on its path',
        severity: 'warning',
      }));
  }),
];
