export { FAILURE_CLASSES, type Measurement } from './measurement/measurement';
export type { Scenario } from './scenario/scenario';
