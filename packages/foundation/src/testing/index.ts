export { widelyGranted } from './granted';
export { synthesize, type Block, type SynthesizedStack } from './synthesize';
export { testEnvironment, type EnvironmentInput } from './test-environment';
