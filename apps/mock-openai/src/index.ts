export { bundleMockOpenAi } from './bundle/bundle-mock-openai';
export { defaultOptions, type MockOptions } from './options/mock-options';
export { startMockOpenAi } from './start-mock-openai';
export type { StatisticsReport } from './statistics/statistics';
export type { RunningMock } from './workers/running-mock';
