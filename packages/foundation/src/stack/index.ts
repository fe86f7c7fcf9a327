export { defineContract, readOutputs, type Contract, type Outputs } from '../contract/contract';
export { StateBackend, StateReader } from './backend';
export { consume, elementsOf } from './consume';
export { EphemeralResource } from './ephemeral-resource';
export { policyDocument, serviceTrust, type Statement } from './iam-policy';
export { labApp } from './lab-app';
export { LabStack, partitionOf } from './lab-stack';
export { publish } from './publish';
export { stateLocation, type StateLocation } from './state-location';
