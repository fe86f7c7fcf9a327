import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ContainerImage } from '../definition/container-image';
import { lastException, lastLines, meaningfulLines } from './log-excerpt';
import type { RuntimeKind } from './runtime';

/** This very Node, in the place of the official image. */
export const nodeRuntime: RuntimeKind = {
  name: 'Node',
  example: 'public.ecr.aws/docker/library/node',
  stands: (image) => /(^|\/)node$/.test(image.repository),
  find(image) {
    const difference = differenceFrom(image);
    return {
      description: `Node ${process.versions.node} (${process.execPath})`,
      ...(difference === undefined ? {} : { difference }),
      binFolders: [dirname(process.execPath)],
      environment: [],
      start: startNode,
      adapt: (draft) => ({ draft, rewritings: [] }),
      workers: () => 1,
      isNoise: () => false,
      failedStart: () => undefined,
      lastWords(log) {
        const lines = meaningfulLines(log);
        return lastException(lines) ?? lastLines(lines, 5);
      },
    };
  },
};

function differenceFrom(image: ContainerImage): string | undefined {
  const major = /^v?(\d+)/.exec(image.tag ?? '')?.[1];
  const here = process.versions.node;
  return major === undefined || here.startsWith(`${major}.`)
    ? undefined
    : `Node ${here} runs here, the image is ${image.tag ?? ''}`;
}

/**
 * As the image's entry point: what is no program is an argument for node.
 * @source https://github.com/nodejs/docker-node/blob/main/docker-entrypoint.sh
 */
function startNode(command: readonly string[]): readonly string[] {
  const [first = '', ...rest] = command;
  if (first === 'node') return [process.execPath, ...rest];
  return first.startsWith('-') || isScript(first) ? [process.execPath, ...command] : command;
}

function isScript(path: string): boolean {
  const file = statSync(path, { throwIfNoEntry: false });
  return file?.isFile() === true ? (file.mode & 0o111) === 0 : /\.[cm]?js$/.test(path);
}
