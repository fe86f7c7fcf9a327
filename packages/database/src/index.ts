export { databaseContract } from './contract';
export { DatabaseStack } from './stack';
