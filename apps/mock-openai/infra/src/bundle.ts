import { join } from 'node:path';
import { bundle } from '@loadlab/fargate';
import { workspaceRoot } from '@loadlab/foundation';

/** The mock as one file for Node. Its source is named by path, not imported: a stack knows no app's code. */
export function mockOpenAiBundle(): Uint8Array {
  return bundle(join(workspaceRoot(), 'apps', 'mock-openai', 'src', 'main.ts'));
}
