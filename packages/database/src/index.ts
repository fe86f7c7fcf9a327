export { databaseContract } from './contract';
