export { stateBackendContract } from './contract';
