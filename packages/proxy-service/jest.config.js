module.exports = { preset: '../../jest.preset.js', displayName: 'proxy-service' };
