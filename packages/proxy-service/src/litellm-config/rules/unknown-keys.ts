import { didYouMean } from '@loadlab/foundation';
import {
  KNOWN_LITELLM_VERSION,
  LITELLM_PARAMS,
  MODEL_INFO,
  SETTINGS_SECTIONS,
  settingsOf,
  TOP_LEVEL_KEYS,
  type SettingsSection,
} from '../known-settings';
import type { Finding, LintContext, Rule } from '../lint-context';

const DEPLOYMENT_KEYS = ['model_name', 'litellm_params', 'model_info', 'blocked'];
/** A settings section is one word away from these, which people expect LiteLLM to have. */
const NEVER_EXISTED: Readonly<Record<string, string>> = {
  LITELLM_CONFIG: 'LiteLLM has no LITELLM_CONFIG anywhere: this file reaches it through --config',
  models: 'the list of models is called model_list',
};

/** Keys that LiteLLM would drop without a word: misspelt, in the wrong section, or never heard of. */
export const unknownKeys: Rule = (config, context) => {
  const severity = severityFor(context);
  return [
    ...Object.keys(config.root)
      .filter((key) => !TOP_LEVEL_KEYS.includes(key))
      .map((key) => unknown([key], topLevelHint(key), severity)),
    ...SETTINGS_SECTIONS.flatMap((section) =>
      Object.keys(config.section(section))
        .filter((key) => !(key in settingsOf(section)))
        .map((key) => inSection(section, key, severity)),
    ),
    ...config.deployments.flatMap(({ index, entry }) =>
      Object.keys(entry)
        .filter((key) => !DEPLOYMENT_KEYS.includes(key))
        .map((key) => unknown(['model_list', index, key], deploymentHint(key), severity)),
    ),
  ];
};

/** A newer LiteLLM may have learnt a setting that this list does not hold yet. */
function severityFor({ litellmVersion }: LintContext): 'error' | 'warning' {
  const newer =
    litellmVersion !== undefined &&
    litellmVersion.localeCompare(KNOWN_LITELLM_VERSION, 'en', { numeric: true, sensitivity: 'base' }) > 0;
  return newer ? 'warning' : 'error';
}

function unknown(path: Finding['path'], hint: string | undefined, severity: 'error' | 'warning'): Finding {
  const message = 'unknown key, which LiteLLM ignores without a word';
  return { path, message, severity, ...(hint === undefined ? {} : { hint }) };
}

function topLevelHint(key: string): string {
  const never = NEVER_EXISTED[key];
  if (never !== undefined) return never;
  const likely = didYouMean(key, TOP_LEVEL_KEYS);
  if (likely !== undefined) return `did you mean "${likely}"?`;
  const section = SETTINGS_SECTIONS.find((candidate) => key in settingsOf(candidate));
  return section === undefined ? `allowed: ${TOP_LEVEL_KEYS.join(', ')}` : `belongs under ${section}`;
}

function inSection(section: SettingsSection, key: string, severity: 'error' | 'warning'): Finding {
  const path = [section, key];
  const home = SETTINGS_SECTIONS.find((candidate) => candidate !== section && key in settingsOf(candidate));
  if (home !== undefined)
    return { path, message: `belongs under ${home}: LiteLLM ignores it here without a word`, hint: `move it` };
  if (TOP_LEVEL_KEYS.includes(key))
    return { path, message: 'belongs at the top level: LiteLLM ignores it here', hint: 'move it out of the section' };
  const likely = didYouMean(key, Object.keys(settingsOf(section)));
  return unknown(
    path,
    likely === undefined ? `LiteLLM ${KNOWN_LITELLM_VERSION} reads no such setting` : `did you mean "${likely}"?`,
    severity,
  );
}

function deploymentHint(key: string): string {
  const likely = didYouMean(key, DEPLOYMENT_KEYS);
  if (likely !== undefined) return `did you mean "${likely}"?`;
  if (key in LITELLM_PARAMS) return 'belongs under litellm_params';
  if (key in MODEL_INFO) return 'belongs under model_info';
  return `allowed: ${DEPLOYMENT_KEYS.join(', ')}`;
}
