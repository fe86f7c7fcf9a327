import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Takes the AWS provider out of a synthesized stack, so that the real Terraform runs it without downloading anything:
 * what is left are the backend, the readers of other states, and resources of Terraform's own.
 */
export function withoutProvider(folder: string): void {
  const file = join(folder, 'cdk.tf.json');
  const {
    provider: _,
    terraform,
    ...rest
  } = JSON.parse(readFileSync(file, 'utf8')) as {
    provider?: unknown;
    terraform: { required_providers?: unknown };
  };
  const { required_providers: __, ...others } = terraform;
  writeFileSync(file, JSON.stringify({ ...rest, terraform: others }));
}

/** Runs the installed Terraform. @returns what it printed; rejects with its words when it fails */
export async function terraform(
  folder: string,
  args: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): Promise<string> {
  // A mirror or cache of this machine must not decide what the test sees.
  const { TF_CLI_CONFIG_FILE: _, ...inherited } = process.env;
  const env = { ...inherited, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', ...variables };
  const { stdout } = await promisify(execFile)('terraform', [...args], { cwd: folder, env });
  return stdout;
}
