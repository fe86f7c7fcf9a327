import { isAbsolute } from 'node:path';
import type { Rule } from './rule';

/** The configuration travels with the environment, under a name that LiteLLM reads. */
export const configFile: Rule = ({ proxy: { config } }) => {
  const path = ['proxy', 'config'];
  if (isAbsolute(config) || config.startsWith('~')) {
    return [{ path, message: `"${config}" is a place on one machine`, hint: 'a path relative to environment.yaml' }];
  }
  if (/\.ya?ml$/.test(config)) return [];
  return [
    {
      path,
      message: `"${config}" does not end in .yaml or .yml: LiteLLM would load nothing, without an error`,
      hint: './config.yaml',
    },
  ];
};
