import { didYouMean } from '@loadlab/foundation';
import { isMap, type ConfigView } from '../config-view';
import type { Finding, Rule } from '../lint-context';

const FALLBACKS = ['fallbacks', 'context_window_fallbacks', 'content_policy_fallbacks'];

/** Fallbacks and aliases that point at models which model_list does not have: LiteLLM finds out at the first failure. */
export const modelReferences: Rule = (config) => {
  const names = config.deployments.flatMap(({ entry }) =>
    typeof entry.model_name === 'string' ? [entry.model_name] : [],
  );
  // A wildcard may match anything.
  if (names.length === 0 || names.some((name) => name.includes('*'))) return [];
  return references(config)
    .filter(({ name }) => !names.includes(name))
    .map(({ path, name }): Finding => {
      const likely = didYouMean(name, names);
      return {
        path,
        message: `model_list has no model "${name}"`,
        hint: likely === undefined ? `there is ${names.join(', ')}` : `did you mean "${likely}"?`,
        severity: 'warning',
      };
    });
};

interface Reference {
  readonly path: readonly (string | number)[];
  readonly name: string;
}

function references(config: ConfigView): Reference[] {
  return ['router_settings', 'litellm_settings'].flatMap((section) => {
    const settings = config.section(section);
    return [
      ...FALLBACKS.flatMap((key) => fallbacks([section, key], settings[key])),
      ...texts([section, 'default_fallbacks'], settings.default_fallbacks),
      ...aliases([section, 'model_group_alias'], settings.model_group_alias),
    ];
  });
}

/** `[{ primary: [fallback, …] }, …]` */
function fallbacks(path: Reference['path'], value: unknown): Reference[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown, index) =>
    isMap(item)
      ? Object.entries(item).flatMap(([primary, targets]) => [
          ...(primary === '*' ? [] : [{ path: [...path, index, primary], name: primary }]),
          ...texts([...path, index, primary], targets),
        ])
      : [],
  );
}

function aliases(path: Reference['path'], value: unknown): Reference[] {
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([alias, target]) => {
    const name = isMap(target) ? target.model : target;
    return typeof name === 'string' ? [{ path: [...path, alias], name }] : [];
  });
}

function texts(path: Reference['path'], value: unknown): Reference[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown, index) =>
    typeof item === 'string' ? [{ path: [...path, index], name: item }] : [],
  );
}
