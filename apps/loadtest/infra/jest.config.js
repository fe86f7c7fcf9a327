module.exports = { preset: '../../../jest.preset.js', displayName: 'loadtest-infra' };
