import { rewriteTexts, type ProcessDraft, type Rewritten } from './process-draft';

/** A folder of this machine that stands for a path inside the container. */
export interface LocalMount {
  readonly containerPath: string;
  readonly folder: string;
}

/** Turns paths below a mount into paths below the folder that stands for it. */
export function rewriteContainerPaths(draft: ProcessDraft, mounts: readonly LocalMount[]): Rewritten {
  return rewriteTexts(draft, 'the folder that stands for the mount', (text) => replacePaths(text, mounts));
}

function replacePaths(text: string, mounts: readonly LocalMount[]): string {
  // The longest first, so that a mount inside a mount is found.
  const inOrder = [...mounts].sort((one, other) => other.containerPath.length - one.containerPath.length);
  return inOrder.reduce((rewritten, { containerPath, folder }) => {
    const path = escapeRegExp(containerPath.replace(/\/+$/, ''));
    // Only a whole path: not /opt/etc/litellm, /etc/litellm-old or the path of a URL.
    return rewritten.replace(new RegExp(`(?<![\\w.\\-/])${path}(?![\\w.\\-])`, 'g'), () => folder);
  }, text);
}

/** Makes a text mean itself inside a regular expression. */
export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
