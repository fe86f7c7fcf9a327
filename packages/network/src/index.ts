export { networkContract } from './contract';
