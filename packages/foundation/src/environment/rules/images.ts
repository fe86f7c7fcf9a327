import { isFloating, parseImage, refusedLiteLlm } from '../litellm-image';
import type { Finding, Rule } from './rule';

/** Images that are what they are called, and stay it. */
export const images: Rule = ({ proxy, mockOpenai, loadGenerator }) => [
  ...judgeImage(['proxy', 'image'], proxy.image),
  ...(mockOpenai === 'none' || mockOpenai.image === undefined
    ? []
    : judgeImage(['mockOpenai', 'image'], mockOpenai.image)),
  ...(loadGenerator === 'none' || loadGenerator.image === undefined
    ? []
    : judgeImage(['loadGenerator', 'image'], loadGenerator.image)),
];

/** A tag can be pushed again, a digest cannot. */
export const digestInProduction: Rule = ({ proxy, profile }) =>
  profile === 'production' && parseImage(proxy.image)?.digest === undefined
    ? [
        {
          path: ['proxy', 'image'],
          message: 'a tag can be pushed again with another content',
          hint: 'add its digest: image:tag@sha256:…',
          severity: 'warning',
        },
      ]
    : [];

function judgeImage(path: readonly string[], image: string): Finding[] {
  const reference = parseImage(image);
  if (reference === undefined) {
    const hint = 'registry/name:tag, and better with @sha256: and 64 digits';
    return [{ path, message: `"${image}" is no image reference`, hint }];
  }
  const refusal = refusedLiteLlm(reference);
  if (refusal !== undefined) return [{ path, message: refusal, hint: 'ghcr.io/berriai/litellm:v1.108.7' }];
  if (!isFloating(reference)) return [];
  return [
    {
      path,
      message: `"${image}" can be another image tomorrow`,
      hint: 'a tag that names a version, or a digest: two runs must mean the same software',
    },
  ];
}
