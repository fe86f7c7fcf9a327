export {
  MOCK_OPENAI_CONTAINER,
  MOCK_OPENAI_PORT,
  mockOpenAiContainer,
  type MockOpenAiContainerOptions,
  type PublishedBundle,
} from './container';
