import { parseImage, type ContainerImage } from './container-image';

describe('parseImage', () => {
  it.each<[string, ContainerImage]>([
    ['node', { repository: 'node' }],
    ['ghcr.io/berriai/litellm:v1.108.7', { repository: 'ghcr.io/berriai/litellm', tag: 'v1.108.7' }],
    ['localhost:5000/litellm', { repository: 'localhost:5000/litellm' }],
    [
      'public.ecr.aws/docker/library/node:20-slim@sha256:ab',
      { repository: 'public.ecr.aws/docker/library/node', tag: '20-slim', digest: 'sha256:ab' },
    ],
    ['node@sha256:ab', { repository: 'node', digest: 'sha256:ab' }],
  ])('splits %s', (image, parts) => {
    expect(parseImage(image)).toEqual(parts);
  });
});
