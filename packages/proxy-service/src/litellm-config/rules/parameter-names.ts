import { didYouMean } from '@loadlab/foundation';
import { LITELLM_PARAMS } from '../known-settings';
import type { Finding, Rule } from '../lint-context';

/** Parameters whose misspelling LiteLLM would hand to the provider as if it were the provider's own. */
const WELL_KNOWN = Object.keys(LITELLM_PARAMS).filter((name) => !/cost_per|_cost$|_cost_|^supports_/.test(name));
/** A provider's parameter and one of LiteLLM's that look alike by chance. */
const REAL = /^(vertex_ai_|ai_|aws_|azure_|extra_|litellm_|nvidia_|custom_)/;

/** Near-misses of well-known parameters in litellm_params: `api_bas`. Only warnings, since providers have their own. */
export const parameterNames: Rule = (config) =>
  config.deployments.flatMap(({ index, params }) =>
    Object.keys(params)
      .filter((key) => !(key in LITELLM_PARAMS) && !REAL.test(key))
      .flatMap((key): Finding[] => {
        const likely = didYouMean(key, WELL_KNOWN);
        if (likely === undefined || Math.abs(likely.length - key.length) > 2) return [];
        return [
          {
            path: ['model_list', index, 'litellm_params', key],
            message: 'LiteLLM does not know this parameter and passes it on to the provider',
            hint: `did you mean "${likely}"?`,
            severity: 'warning',
          },
        ];
      }),
  );
