import { spawn } from 'node:child_process';
import { EXIT } from '@loadlab/foundation';

/** Runs the pipeline's command again, on one environment, with the offline AWS around it. @returns its exit code */
export function rehearse(
  root: string,
  environment: string,
  args: readonly string[],
  variables: NodeJS.ProcessEnv,
): Promise<number> {
  const own = withoutEnvironments(args);
  const again = [process.execPath, '--import', 'tsx', 'tools/ci/src/main.ts', ...own, '--environment', environment];
  const command = ['apps/loadlab/bin/loadlab.js', 'rehearse', '--environment', environment, '--', ...again];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...variables },
    });
    // A Ctrl-C reaches the rehearsal too, which lets Terraform give its locks back: this process only must not go first.
    const stay = (): void => undefined;
    process.on('SIGINT', stay);
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('SIGINT', stay);
      resolve(code ?? EXIT.interrupted);
    });
  });
}

function withoutEnvironments(args: readonly string[]): string[] {
  return args.filter((word, index) => !word.startsWith('--environment') && args[index - 1] !== '--environment');
}
