/** The parts of an image's name: `public.ecr.aws/docker/library/node:20-slim@sha256:…`. */
export interface ContainerImage {
  /** Registry and path, `ghcr.io/berriai/litellm`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Splits an image's name; a colon before a slash is a registry's port, not a tag. */
export function parseImage(image: string): ContainerImage {
  const [name = '', digest] = image.split('@', 2);
  const colon = name.lastIndexOf(':');
  const tagged = colon > name.lastIndexOf('/');
  return {
    repository: tagged ? name.slice(0, colon) : name,
    ...(tagged ? { tag: name.slice(colon + 1) } : {}),
    ...(digest === undefined ? {} : { digest }),
  };
}
