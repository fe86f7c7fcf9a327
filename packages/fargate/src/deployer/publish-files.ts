import * as z from 'zod/mini';
import { invokePatiently, type Functions } from './functions';
import type { Clock } from './patience';
import type { PublishFiles } from './step';

const publication = z.object({
  path: z.string(),
  files: z.number(),
  removed: z.number(),
  warning: z.exactOptional(z.string()),
});

/** Has a publisher publish its files, and hands on what it says. */
export async function publishFiles(
  step: PublishFiles,
  services: { readonly functions: Functions; readonly clock: Clock; readonly deadline: number },
): Promise<z.output<typeof publication>> {
  const { functions, clock, deadline } = services;
  return publication.parse(await invokePatiently(functions, clock, deadline, step.functionName, {}));
}
