import { isFloating, isPrivateImage, parseImage, refusedLiteLlm } from './litellm-image';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

describe('an image reference', () => {
  it.each([
    ['litellm', { repository: 'litellm' }],
    ['ghcr.io/berriai/litellm:v1.108.7', { repository: 'ghcr.io/berriai/litellm', tag: 'v1.108.7' }],
    ['localhost:5000/x/y:1', { repository: 'localhost:5000/x/y', tag: '1' }],
    [`ghcr.io/berriai/litellm@${DIGEST}`, { repository: 'ghcr.io/berriai/litellm', digest: DIGEST }],
    [`a/b:v1@${DIGEST}`, { repository: 'a/b', tag: 'v1', digest: DIGEST }],
  ])('%s is taken apart', (text, expected) => {
    expect(parseImage(text)).toEqual(expected);
  });

  it.each(['', 'https://ghcr.io/x', 'ghcr.io/X:1', 'a/b@sha256:12', 'a b', 'a:', 'a:b:c'])('%j is none', (text) => {
    expect(parseImage(text)).toBeUndefined();
  });
});

describe('an image that can change under its name', () => {
  it.each([
    'x',
    'x:latest',
    'x:stable',
    'x:main',
    'x:main-latest',
    'x:main-v1.108.7',
    'x:v1.86.0-dev',
    'x:1.2.3-nightly',
    'x:dev-1',
  ])('is %s', (text) => {
    expect(isFloating(parseImage(text)!)).toBe(true);
  });

  it.each([
    'x:v1.108.7',
    'x:1.2.3-alpine',
    'x:22.11.0-bookworm-slim',
    'x:20261123',
    `x@${DIGEST}`,
    `x:latest@${DIGEST}`,
  ])('is not %s', (text) => {
    expect(isFloating(parseImage(text)!)).toBe(false);
  });
});

describe('a LiteLLM', () => {
  it.each([
    ['ghcr.io/berriai/litellm:v1.82.7', /attacker/],
    ['ghcr.io/berriai/litellm:v1.82.8', /attacker/],
    ['ghcr.io/berriai/litellm:v1.107.0', /incident/],
    ['docker.io/litellm/litellm-database:v1.107.12', /incident/],
    ['mirror.example.com/x/litellm:team-1.107.2', /incident/],
    ['ghcr.io/berriai/litellm:v1.103.9', /older than 1\.104\.0/],
    ['ghcr.io/berriai/litellm:v0.200.0', /older than 1\.104\.0/],
  ])('is refused as %s', (text, reason) => {
    expect(refusedLiteLlm(parseImage(text)!)).toMatch(reason);
  });

  it.each([
    'ghcr.io/berriai/litellm:v1.104.0',
    'ghcr.io/berriai/litellm:v1.108.7',
    'ghcr.io/berriai/litellm:v2.0.0',
    'mirror.example.com/litellm:approved-7',
    'public.ecr.aws/docker/library/node:1.82.7',
  ])('is taken, or not judged, as %s', (text) => {
    expect(refusedLiteLlm(parseImage(text)!)).toBeUndefined();
  });
});

describe('an image reached without NAT', () => {
  it.each([
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/litellm:1', true],
    ['123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/litellm:1', true],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/litellm:1', true],
    ['public.ecr.aws/x/litellm:1', false],
    ['ghcr.io/berriai/litellm:1', false],
  ])('%s: %p', (text, expected) => {
    expect(isPrivateImage(parseImage(text)!)).toBe(expected);
  });
});
