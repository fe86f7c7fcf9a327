import { parseImage } from '../definition/container-image';
import type { MissingRuntime, Runtime, RuntimeKind } from './runtime';

/** The program of this machine that stands for an image, or why there is none and what to do. */
export function findRuntime(image: string, kinds: readonly RuntimeKind[]): Runtime | MissingRuntime {
  const parsed = parseImage(image);
  const kind = kinds.find((candidate) => candidate.stands(parsed));
  if (kind !== undefined) return kind.find(parsed);
  return {
    message: `nothing on this machine can stand in for the image ${image}`,
    hint: `images that can run here: ${kinds.map((candidate) => candidate.example).join(', ')}`,
  };
}
