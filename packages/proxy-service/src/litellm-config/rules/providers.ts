import { didYouMean } from '@loadlab/foundation';
import type { ConfigView, DeploymentView } from '../config-view';
import { PROVIDERS } from '../known-settings';
import type { Finding, Rule } from '../lint-context';

/** Families that LiteLLM recognizes by their bare name. */
const BARE_NAMES =
  /^(?:gpt-|chatgpt-|o\d|text-|claude-|command|gemini-|dall-e-|whisper-|tts-|davinci|babbage|codex-|omni-|embed-|mistral-|rerank-|ft:|gpt4|computer-use|sora-|grok-|deepseek-|\*)/;

/** `litellm_params.model` without a provider: LiteLLM drops such a deployment with a line in its log, and goes on. */
export const providers: Rule = (config) =>
  config.deployments.flatMap((deployment) => {
    const { model } = deployment.params;
    if (typeof model !== 'string' || model.startsWith('os.environ/') || namesProvider(deployment, config)) return [];
    const slash = model.indexOf('/');
    return slash < 0 ? bare(deployment, model) : prefixed(deployment, model.slice(0, slash), model);
  });

function namesProvider({ params }: DeploymentView, config: ConfigView): boolean {
  return (
    params.custom_llm_provider !== undefined || config.section('litellm_settings').custom_provider_map !== undefined
  );
}

function bare({ index }: DeploymentView, model: string): Finding[] {
  if (BARE_NAMES.test(model)) return [];
  return [
    {
      path: ['model_list', index, 'litellm_params', 'model'],
      message: `"${model}" names no provider: LiteLLM drops a deployment whose provider it cannot guess`,
      hint: `write provider/name, such as openai/${model}`,
      severity: 'warning',
    },
  ];
}

function prefixed({ index }: DeploymentView, prefix: string, model: string): Finding[] {
  if (PROVIDERS.includes(prefix)) return [];
  const likely = didYouMean(prefix, PROVIDERS);
  return [
    {
      path: ['model_list', index, 'litellm_params', 'model'],
      message: `LiteLLM knows no provider "${prefix}" and drops such a deployment`,
      hint: likely === undefined ? `write the provider first, such as openai/${model}` : `did you mean "${likely}/"?`,
      // Without a near miss it may be a provider that this list does not know yet.
      severity: likely === undefined ? 'warning' : 'error',
    },
  ];
}
