import { spawn } from 'node:child_process';
import { InputError } from '@loadlab/foundation';

/** How a Terraform command ended. */
export interface TerraformResult {
  readonly code: number;
  /** Its standard output, where that was captured. */
  readonly output: string;
  /** Its standard error, which is always shown as well. */
  readonly errors: string;
}

/** Runs terraform in a folder and resolves with its exit code; `capture` gives its standard output instead of printing it. */
export type Terraform = (
  folder: string,
  args: readonly string[],
  options?: { readonly capture: true },
) => Promise<TerraformResult>;

/** The real Terraform from the PATH (TERRAFORM_BINARY_NAME names another). */
export const terraform: Terraform = (folder, args, options) => {
  const binary = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';
  // Ctrl-C reaches Terraform too, as a member of the terminal's group; it must be left to finish and to release its lock.
  const wait = (): void => undefined;
  process.on('SIGINT', wait);
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, {
      cwd: folder,
      stdio: ['inherit', options === undefined ? 'inherit' : 'pipe', 'pipe'],
      env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => {
      errors.push(chunk);
      process.stderr.write(chunk);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      process.off('SIGINT', wait);
      reject(error.code === 'ENOENT' ? missing(binary) : error);
    });
    child.on('close', (code, signal) => {
      process.off('SIGINT', wait);
      resolve({
        code: signal === 'SIGINT' ? 130 : (code ?? 70),
        output: Buffer.concat(output).toString('utf8'),
        errors: Buffer.concat(errors).toString('utf8'),
      });
    });
  });
};

function missing(binary: string): InputError {
  return new InputError([
    {
      file: 'PATH',
      path: '',
      message: `${binary} was not found; it plans and deploys the stacks`,
      hint: 'install Terraform 1.11 or later: https://developer.hashicorp.com/terraform/install',
    },
  ]);
}
