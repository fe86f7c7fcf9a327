import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import type { ContainerReply } from '../provider/parent-containers';
import type { Fault } from '../faults/fault';
import type { NewFaults, ProviderOptions } from '../provider/provider-options';
import type { ContainerRuntime } from '../resources/ecs/container-runtime';

/** A provider that runs in a process of its own. */
export interface RunningProvider {
  readonly pid: number;
  /** `TF_REATTACH_PROVIDERS`: with it, Terraform attaches to this provider instead of starting one. */
  readonly reattach: string;
  /** Lets other things go wrong from now on. */
  setFaults(faults: readonly Fault[]): Promise<void>;
  /** Ends the process and waits until it is gone. */
  stop(): Promise<void>;
}

/** What the provider may ask of the process that started it. */
export interface ProviderHost {
  /** Runs its containers. @default - nobody does: they are assumed to be well */
  readonly containers?: ContainerRuntime | undefined;
  /** Kills Terraform, as a fault asks for it. */
  readonly killTerraform: () => void;
}

/** What the provider says. */
const saying = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), port: z.number() }),
  z.object({ kind: z.literal('failed'), error: z.string() }),
  z.object({ kind: z.literal('kill-terraform') }),
  z.object({ kind: z.literal('faults-changed') }),
  z.object({
    kind: z.literal('containers'),
    id: z.number(),
    method: z.enum(['deployService', 'removeService', 'runTask', 'tasks', 'logLines']),
    args: z.array(z.unknown()),
  }),
]);
type ContainerCall = Extract<z.output<typeof saying>, { kind: 'containers' }>;

/** The real provider's address: stacks need not know that they rehearse. */
const PROVIDER_ADDRESS = 'registry.terraform.io/hashicorp/aws';

/** Starts the provider. It ends with this process, however that ends. @throws {Error} when it does not come up */
export async function startProvider(
  options: Omit<ProviderOptions, 'containers'>,
  host: ProviderHost,
): Promise<RunningProvider> {
  const child = fork(join(__dirname, '..', 'provider', 'provider-process.ts'), [], {
    // Only the CommonJS hook: tsx's other one starts a thread, which costs time and 30 MB.
    // Small young spaces: many short calls need no more, and V8 would take 48 MB for them.
    execArgv: ['--max-semi-space-size=4', '--require', require.resolve('tsx/cjs')],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const started = portOf(child, host);
  child.send({
    ...options,
    containers: host.containers === undefined ? 'assumed' : 'parent',
  } satisfies ProviderOptions);
  const port = await started;
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
    setFaults: (faults) =>
      new Promise((resolve) => {
        const changed = (message: unknown): void => {
          if (saying.parse(message).kind !== 'faults-changed') return;
          child.off('message', changed);
          resolve();
        };
        child.on('message', changed);
        child.send({ kind: 'faults', faults: [...faults] } satisfies NewFaults);
      }),
    stop: async () => {
      if (child.connected) child.disconnect();
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function portOf(child: ChildProcess, host: ProviderHost): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`the offline provider ended at its start (exit code ${String(code)})`)),
    );
    child.on('message', (message) => {
      const said = saying.parse(message);
      switch (said.kind) {
        case 'started': {
          resolve(said.port);
          return;
        }
        case 'failed': {
          reject(new Error(`the offline provider did not start: ${said.error}`));
          return;
        }
        case 'faults-changed':
          return;
        case 'kill-terraform': {
          host.killTerraform();
          return;
        }
        case 'containers':
          return void answer(child, said, host.containers);
      }
    });
  });
}

async function answer(
  child: ChildProcess,
  { id, method, args }: ContainerCall,
  containers: ContainerRuntime | undefined,
): Promise<void> {
  let reply: ContainerReply;
  try {
    if (containers === undefined) throw new Error('no containers run here');
    // The provider is this same code: what it sends has the types that the method declares.
    const call = containers[method].bind(containers) as (...args: readonly unknown[]) => Promise<unknown>;
    reply = { kind: 'containers', id, result: await call(...args) };
  } catch (error) {
    reply = { kind: 'containers', id, error: error instanceof Error ? error.message : String(error) };
  }
  if (child.connected) child.send(reply);
}
