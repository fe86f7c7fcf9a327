export { fargateMemoryGb, FARGATE_CPUS } from './aws/fargate-size';
export { REGIONS } from './aws/regions';
export { planAddresses, type AddressPlan } from './cidr/address-plan';
export {
  containerDefinitionSchema,
  type ContainerDefinition,
  type ContainerHealthCheck,
  type MountPoint,
  type PortMapping,
} from './container/container-definition';
export { defineContract, readOutputs, type Contract, type Outputs } from './contract/contract';
export { checkSchema, formatPath, parseWithSchema } from './documents/check-schema';
export { knownKeys } from './documents/known-keys';
export { parseSource, readDocument, readText, type SourceDocument } from './documents/read-document';
export { chooseEnvironment, type Purpose } from './environment/choose-environment';
export { databaseConnections } from './environment/database-connections';
export type { Environment, LiteLlmConfigFile } from './environment/environment';
export { parseImage, refusedLiteLlm, type ImageReference } from './environment/litellm-image';
export { environmentNames, loadEnvironment } from './environment/load-environment';
export { namePrefix, physicalName } from './environment/physical-name';
export { PLAN_TAG } from './environment/plan-tag';
export { protectionsOf, type Protections } from './environment/protections';
export { environmentSchema, type EnvironmentFile } from './environment/schema/environment-schema';
export { nearestAbove, workspaceRoot } from './environment/workspace-root';
export { didYouMean } from './problems/did-you-mean';
export { formatProblems, InputError, isError, type Problem } from './problems/problem';
export { looksSecret } from './secrets/looks-secret';
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
export { EXIT, foremostExitCode, type ExitCode } from './exit-code/exit-code';
export { writeWhole } from './files/write-whole';
export { REVIEW_FACTS_OUTPUT, reviewFactSchema, type ReviewFact } from './review-facts/review-fact';
