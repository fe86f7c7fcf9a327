export { diagnose, type Check, type Diagnosis, type Finding } from './check';
export { localChecks } from './local-checks';
export { thisMachine, type Machine } from './machine';
