import { spawn } from 'node:child_process';

/** What a run of Terraform left behind. */
export interface TerraformResult {
  /** Exit code; undefined when it did not start at all. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Terraform in a folder. */
export type Terraform = (folder: string, args: readonly string[]) => Promise<TerraformResult>;

/** The installed Terraform (or `TERRAFORM_BINARY_NAME`, as cdktf has it), asking no questions and no servers for news. */
export const installedTerraform: Terraform = (folder, args) =>
  new Promise((resolve) => {
    const program = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';
    const child = spawn(program, args, {
      cwd: folder,
      env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', (error) => {
      resolve({ code: undefined, stdout, stderr: error.message });
    });
    child.on('close', (code, signal) => {
      resolve({ code: code ?? 1, stdout, stderr: signal === null ? stderr : `${stderr}\nended by ${signal}` });
    });
  });
