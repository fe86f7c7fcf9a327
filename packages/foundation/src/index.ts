export { defineContract, readOutputs, type Contract, type Outputs } from './contract/contract';
export {
  containerDefinitionSchema,
  type ContainerDefinition,
  type ContainerHealthCheck,
  type MountPoint,
  type PortMapping,
} from './container/container-definition';
export { checkSchema, formatPath, knownKeys, parseWithSchema } from './documents/check-schema';
export { parseSource, readDocument, readText, type SourceDocument } from './documents/read-document';
export { didYouMean } from './problems/did-you-mean';
export { formatProblems, InputError, isError, type Problem } from './problems/problem';
export {
  duration,
  formatDuration,
  parseDuration,
  parseRate,
  parseShare,
  parseSize,
  rate,
  share,
  size,
} from './units/units';

export { chooseEnvironment, type Purpose } from './environment/choose-environment';
export type { Environment, LiteLlmConfigFile } from './environment/environment';
export { environmentSchema, type EnvironmentFile } from './environment/environment-schema';
export { environmentNames, loadEnvironment } from './environment/load-environment';
export { workspaceRoot } from './environment/workspace-root';
