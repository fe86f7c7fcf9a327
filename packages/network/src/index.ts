export { networkContract } from './contract';
export { NetworkStack } from './stack';
