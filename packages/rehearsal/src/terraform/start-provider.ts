import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import type { ProviderOptions } from '../provider/provider-options';

/** A provider that runs in a process of its own. */
export interface RunningProvider {
  readonly pid: number;
  /** `TF_REATTACH_PROVIDERS`: with it, Terraform attaches to this provider instead of starting one. */
  readonly reattach: string;
  /** Ends the process and waits until it is gone. */
  stop(): Promise<void>;
}

const started = z.union([z.object({ port: z.number() }), z.object({ error: z.string() })]);

/** The real provider's address: stacks need not know that they rehearse. */
const PROVIDER_ADDRESS = 'registry.terraform.io/hashicorp/aws';

/** Starts the provider. It ends with this process, however that ends. @throws {Error} when it does not come up */
export async function startProvider(options: ProviderOptions): Promise<RunningProvider> {
  const child = fork(join(__dirname, '..', 'provider', 'provider-process.ts'), [], {
    // Only the CommonJS hook: tsx's other one starts a thread, which costs time and 30 MB.
    execArgv: ['--require', require.resolve('tsx/cjs')],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await portOf(child, options);
  const pid = child.pid ?? 0;
  return {
    pid,
    reattach: JSON.stringify({
      [PROVIDER_ADDRESS]: {
        Protocol: 'grpc',
        ProtocolVersion: 5,
        Pid: pid,
        Test: true,
        Addr: { Network: 'tcp', String: `127.0.0.1:${port}` },
      },
    }),
    stop: async () => {
      if (child.connected) child.disconnect();
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function portOf(child: ChildProcess, options: ProviderOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`the offline provider ended at its start (exit code ${String(code)})`)),
    );
    child.once('message', (message) => {
      const answer = started.parse(message);
      if ('port' in answer) resolve(answer.port);
      else reject(new Error(`the offline provider did not start: ${answer.error}`));
    });
    child.send(options);
  });
}
