/** Each stops a download from the internet, at start or while requests run: what the image brings along is used. */
export const LOCAL_DATA_VARIABLES: Readonly<Record<string, string>> = {
  LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS: 'True',
  LITELLM_LOCAL_AUTOROUTER_PRESETS: 'True',
  LITELLM_LOCAL_BLOG_POSTS: 'True',
  LITELLM_LOCAL_MODEL_COST_MAP: 'True',
  LITELLM_LOCAL_POLICY_TEMPLATES: 'True',
};
