export { appliedPlan } from './apply-plan';
export { findStack } from './find-stack';
export { LOOKS } from './look-at-state';
export { forgetPlan } from './make-plan';
export { MANIFEST, PLAN_JSON } from './plan-files';
export type { PlanManifest } from './plan-manifest';
export { readManifestIn } from './read-manifest';
export { stackName, workspacePolicies } from './review-plan';
export { stateObjects, type StateObjects } from './s3-objects';
