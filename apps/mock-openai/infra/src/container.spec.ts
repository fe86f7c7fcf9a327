import { containerDefinitionSchema } from '@loadlab/foundation';
import { mockOpenAiContainer, type MockOpenAiContainerOptions } from './container';

const options: MockOpenAiContainerOptions = {
  mock: { cpu: 1, latency: 0.1 },
  bundle: {
    path: '/mnt/app/0123456789abcdef/main.js',
    volume: { name: 'app', containerPath: '/mnt/app' },
  },
};

describe('mockOpenAiContainer', () => {
  it('gives a container definition that ECS takes', () => {
    expect(containerDefinitionSchema.parse(mockOpenAiContainer(options))).toMatchSnapshot();
  });

  it('runs the published bundle by Node, with the flags of the environment', () => {
    expect(mockOpenAiContainer(options).command).toEqual([
      'node',
      '/mnt/app/0123456789abcdef/main.js',
      ...['--port', '8080'],
      ...['--latency', '100ms'],
      ...['--workers', '1'],
    ]);
  });

  it.each([
    [0.25, '1'],
    [1, '1'],
    [2, '2'],
    [4, '4'],
  ])('runs as many workers on %p vCPU as there are whole ones, at least one', (cpu, workers) => {
    const { command } = mockOpenAiContainer({ ...options, mock: { cpu, latency: 0.1 } });

    expect(command.slice(-2)).toEqual(['--workers', workers]);
  });

  it.each([
    [0, '0ms'],
    [0.0005, '0.5ms'],
    [0.1 + 0.2, '300ms'],
    [90, '90000ms'],
  ])('writes a latency of %p s as %p', (latency, text) => {
    expect(mockOpenAiContainer({ ...options, mock: { cpu: 1, latency } }).command).toContain(text);
  });

  it('cannot write: neither to the bundle nor to its own file system', () => {
    const container = mockOpenAiContainer(options);

    expect(container.mountPoints).toEqual([{ sourceVolume: 'app', containerPath: '/mnt/app', readOnly: true }]);
    expect(container.readonlyRootFilesystem).toBe(true);
  });

  it('pins its image to the patch, and lets another be given', () => {
    expect(mockOpenAiContainer(options).image).toMatch(/\/node:\d+\.\d+\.\d+-[a-z-]+$/);
    expect(
      mockOpenAiContainer({ ...options, mock: { ...options.mock, image: 'registry.internal/node@sha256:abc' } }).image,
    ).toBe('registry.internal/node@sha256:abc');
  });
});
