import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalFargate, type LocalEvent } from '../../src/local-fargate';
import { removeReadOnly } from '../../src/local-fargate/run/read-only-copy';
import { nodeRuntime } from '../../src/local-fargate/runtime/node-runtime';

/** A lab in a folder of its own, with all that happened in it. */
export interface ScratchLab {
  readonly fargate: LocalFargate;
  readonly events: LocalEvent[];
  readonly close: () => Promise<void>;
}

/** Makes a folder that goes when `remove` is called, read-only files and all. */
export function scratchFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'loadlab-'));
  return { path, remove: () => removeReadOnly(path) };
}

/** Opens a lab that runs the Node image alone. */
export async function openScratchLab(signal?: AbortSignal): Promise<ScratchLab> {
  const root = scratchFolder();
  const events: LocalEvent[] = [];
  const fargate = await LocalFargate.open({
    root: root.path,
    runtimes: [nodeRuntime],
    onEvent: (event) => events.push(event),
    ...(signal === undefined ? {} : { signal }),
  });
  return {
    fargate,
    events,
    close: async () => {
      await fargate.close();
      root.remove();
    },
  };
}
