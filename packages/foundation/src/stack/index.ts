export { defineContract, readOutputs, type Contract, type Outputs } from '../contract/contract';
export { StateBackend, StateReader } from './backend';
export { consume, elementsOf } from './consume';
export { EphemeralResource } from './ephemeral-resource';
export { labApp } from './lab-app';
export { LabStack } from './lab-stack';
export { publish } from './publish';
export { stateLocation, type StateLocation } from './state-location';
