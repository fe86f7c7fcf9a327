/** A container image as people write it, taken apart. */
export interface ImageReference {
  /** Registry and path: `ghcr.io/berriai/litellm`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Reads `ghcr.io/berriai/litellm:v1.108.7@sha256:…`; undefined when it is no image reference. */
export function parseImage(text: string): ImageReference | undefined {
  const match =
    /^((?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::([A-Za-z0-9_][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(
      text,
    );
  const [, repository, tag, digest] = match ?? [];
  if (repository === undefined) return undefined;
  return { repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

/** True for an image in Amazon ECR of any account: reached without NAT, through interface endpoints. */
export function isPrivateImage(reference: ImageReference): boolean {
  return /^\d{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\//.test(reference.repository);
}

/** True when the image can change under its name: no tag, `latest`, a branch, or any tag that names no version. */
export function isFloating({ tag, digest }: ImageReference): boolean {
  if (digest !== undefined) return false;
  if (tag === undefined) return true;
  // `v1.86.0-dev` and `-nightly` are pushed again and again; so is whatever begins with a branch's name.
  return !/\d/.test(tag) || /^(?:main|master|latest|stable|dev|nightly|edge)\b|(?:latest|dev|nightly)$/i.test(tag);
}

const OLDEST = [1, 104, 0] as const;

/**
 * Why a LiteLLM of this image must not be run; undefined when nothing is known against it. Only images called
 * `litellm` with a version in their tag are judged.
 */
export function refusedLiteLlm({ repository, tag }: ImageReference): string | undefined {
  const version = repository.includes('litellm') ? /(\d+)\.(\d+)\.(\d+)/.exec(tag ?? '') : null;
  if (version === null) return undefined;
  const [text, ...parts] = version;
  const [major = 0, minor = 0, patch = 0] = parts.map(Number);
  if (major === 1 && minor === 82 && (patch === 7 || patch === 8)) {
    return `LiteLLM ${text} was published by an attacker`;
  }
  if (major === 1 && minor === 107)
    return `LiteLLM ${text} is one of 1.107, all hit by the security incident of 2026-10-21`;
  const older = major - OLDEST[0] || minor - OLDEST[1] || patch - OLDEST[2];
  if (older < 0) return `LiteLLM ${text} is older than ${OLDEST.join('.')}: it starts with an unsafe master key`;
  return undefined;
}
