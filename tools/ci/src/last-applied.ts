import type { Environment } from '@loadlab/foundation';
import { stateObjects } from '@loadlab/nx-cdktf/plans';
import { z } from 'zod';

const recordSchema = z.object({ commit: z.string(), at: z.iso.datetime() });

/** The commit that an environment was last applied whole from, beside its states. */
export interface LastApplied {
  /** Undefined when nothing was, or where nothing is remembered (states that are not in S3): everything counts as changed then. */
  read(): Promise<string | undefined>;
  /** @returns false where nothing can be remembered */
  write(commit: string, at: Date): Promise<boolean>;
}

/** Remembered in the bucket of the states: `<namespace>/<environment>/last-applied.json`. */
export function lastApplied(environment: Environment): LastApplied {
  const key = `${environment.namespace}/${environment.name}/last-applied.json`;
  const isRemembered = environment.backend.s3 !== undefined;
  return {
    read: async () => {
      if (!isRemembered) return undefined;
      const bytes = await (await stateObjects(environment)).get(key);
      return bytes === undefined
        ? undefined
        : recordSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))).commit;
    },
    write: async (commit, at) => {
      if (!isRemembered) return false;
      const record = `${JSON.stringify({ commit, at: at.toISOString() })}\n`;
      await (await stateObjects(environment)).put(key, Buffer.from(record), { once: false, isPlan: false });
      return true;
    },
  };
}
