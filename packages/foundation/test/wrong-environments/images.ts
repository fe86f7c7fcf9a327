import type { WrongEnvironment } from './wrong-environment';

/** Images, and the configuration that goes with them. */
export const images: readonly WrongEnvironment[] = [
  {
    what: 'the latest image',
    sections: { proxy: { image: 'ghcr.io/berriai/litellm:latest' } },
    says: 'proxy.image: "ghcr.io/berriai/litellm:latest" can be another image tomorrow -> a tag that names a version, or a digest: two runs must mean the same software',
  },
  {
    what: 'an image of a branch',
    sections: { proxy: { image: 'ghcr.io/berriai/litellm:main-v1.108.7-nightly' } },
    says: 'proxy.image: "ghcr.io/berriai/litellm:main-v1.108.7-nightly" can be another image tomorrow -> a tag that names a version, or a digest: two runs must mean the same software',
  },
  {
    what: 'a stable image that moves',
    sections: { proxy: { image: 'ghcr.io/berriai/litellm:main-stable' } },
    says: 'proxy.image: "ghcr.io/berriai/litellm:main-stable" can be another image tomorrow -> a tag that names a version, or a digest: two runs must mean the same software',
  },
  {
    what: 'an image without a tag',
    sections: { proxy: { image: 'ghcr.io/berriai/litellm' } },
    says: 'proxy.image: "ghcr.io/berriai/litellm" can be another image tomorrow -> a tag that names a version, or a digest: two runs must mean the same software',
  },
  {
    what: 'a development image',
    sections: { proxy: { image: 'ghcr.io/berriai/litellm:v1.108.7-dev' } },
    says: 'proxy.image: "ghcr.io/berriai/litellm:v1.108.7-dev" can be another image tomorrow -> a tag that names a version, or a digest: two runs must mean the same software',
  },
  {
    what: 'the image of the thief',
    sections: { proxy: { image: 'ghcr.io/berriai/litellm:v1.82.7' } },
    says: 'proxy.image: LiteLLM 1.82.7 was published by an attacker -> ghcr.io/berriai/litellm:v1.108.7',
  },
  {
    what: 'the other image of the thief',
    sections: { proxy: { image: 'ghcr.io/berriai/litellm:v1.82.8' } },
    says: 'proxy.image: LiteLLM 1.82.8 was published by an attacker -> ghcr.io/berriai/litellm:v1.108.7',
  },
  {
    what: 'an image of 1.107',
    sections: { proxy: { image: 'ghcr.io/berriai/litellm:v1.107.3' } },
    says: 'proxy.image: LiteLLM 1.107.3 is one of 1.107, all hit by the security incident of 2026-10-21 -> ghcr.io/berriai/litellm:v1.108.7',
  },
  {
    what: 'an image of 1.107, mirrored, by digest',
    sections: {
      proxy: { image: `123456789012.dkr.ecr.us-east-1.amazonaws.com/litellm:1.107.0@sha256:${'0'.repeat(64)}` },
    },
    says: 'proxy.image: LiteLLM 1.107.0 is one of 1.107, all hit by the security incident of 2026-10-21 -> ghcr.io/berriai/litellm:v1.108.7',
  },
  {
    what: 'an image that is too old',
    sections: { proxy: { image: 'ghcr.io/berriai/litellm:v1.103.9' } },
    says: 'proxy.image: LiteLLM 1.103.9 is older than 1.104.0: it starts with an unsafe master key -> ghcr.io/berriai/litellm:v1.108.7',
  },
  {
    what: 'an image with a short digest',
    sections: { proxy: { image: 'ghcr.io/berriai/litellm@sha256:1234' } },
    says: 'proxy.image: "ghcr.io/berriai/litellm@sha256:1234" is no image reference -> registry/name:tag, and better with @sha256: and 64 digits',
  },
  {
    what: 'an image’s page',
    sections: { proxy: { image: 'https://ghcr.io/berriai/litellm:v1.108.7' } },
    says: 'proxy.image: "https://ghcr.io/berriai/litellm:v1.108.7" is no image reference -> registry/name:tag, and better with @sha256: and 64 digits',
  },
  {
    what: 'a configuration that LiteLLM would not load',
    sections: { proxy: { config: './config.json' } },
    says: 'proxy.config: "./config.json" does not end in .yaml or .yml: LiteLLM would load nothing, without an error -> ./config.yaml',
  },
  {
    what: 'a configuration in one place',
    sections: { proxy: { config: '/etc/litellm/config.yaml' } },
    says: 'proxy.config: "/etc/litellm/config.yaml" is a place on one machine -> a path relative to environment.yaml',
  },
];
