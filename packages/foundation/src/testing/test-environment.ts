import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import { parseSource } from '../documents/read-document';
import { checkEnvironment } from '../environment/check-environment';
import type { Environment } from '../environment/environment';
import type { environmentSchema } from '../environment/schema/environment-schema';
import { workspaceRoot } from '../environment/workspace-root';
import { InputError } from '../problems/problem';

/** environment.yaml as people write it. */
export type EnvironmentInput = z.input<typeof environmentSchema>;

const REQUIRED = {
  namespace: 'loadlab',
  region: 'us-east-1',
  backend: { s3: { bucket: 'loadlab-state-123456789012', region: 'us-east-1' } },
} satisfies EnvironmentInput;

/**
 * An environment without files, as if these sections stood in `environments/<name>/environment.yaml`.
 * Checked like a real one. @throws {InputError}
 */
export function testEnvironment(
  sections: Partial<EnvironmentInput> = {},
  options: { readonly name?: string; readonly config?: string } = {},
): Environment {
  const { name = 'test', config = 'model_list: []\n' } = options;
  const directory = join(workspaceRoot(), 'environments', name);
  const document = parseSource(`environments/${name}/environment.yaml`, JSON.stringify({ ...REQUIRED, ...sections }));
  const { value, problems } = checkEnvironment(document, () => name);
  if (value === undefined) throw new InputError(problems);
  return {
    ...value,
    name,
    directory,
    file: join(directory, 'environment.yaml'),
    litellmConfig: {
      file: join(directory, 'config.yaml'),
      text: config,
      sha256: createHash('sha256').update(config, 'utf8').digest('hex'),
    },
    warnings: problems,
  };
}
