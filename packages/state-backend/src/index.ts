export { bootstrapState, type BootstrapOutcome } from './bootstrap/bootstrap-state';
export { stateBackendContract } from './contract';
export { StateBackendStack } from './stack';
