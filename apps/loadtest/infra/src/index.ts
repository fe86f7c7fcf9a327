export { GENERATOR_CONTAINER, generatorContainer, type GeneratorContainerOptions } from './container';
export { loadtestContract } from './contract';
