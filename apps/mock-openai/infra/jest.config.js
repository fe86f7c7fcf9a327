module.exports = { preset: '../../../jest.preset.js', displayName: 'mock-openai-infra' };
