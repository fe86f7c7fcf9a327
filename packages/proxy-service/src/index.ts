export { connectionBudget, type ConnectionBudget } from './capacity/connection-budget';
export type { GatewayDatabase } from './container/database-variables';
export { gatewayTimeouts } from './container/gateway-timeouts';
export {
  LITELLM_CONTAINER,
  LITELLM_PORT,
  liteLlmContainer,
  type GatewayKeys,
  type LiteLlmContainerOptions,
  type PublishedConfig,
} from './container/litellm-container';
export { taskVariables } from './container/task-variables';
export { checkEnvironmentConfig, lintContextOf, requireSoundConfig } from './litellm-config/check-environment-config';
export { lintLiteLlmConfig } from './litellm-config/lint-litellm-config';
export type { LintContext } from './litellm-config/lint-context';
export {
  liteLlmConfigSchema,
  type LiteLlmConfig,
  type LiteLlmDeployment,
} from './litellm-config/litellm-config-schema';
export { proxyServiceContract } from './contract';
