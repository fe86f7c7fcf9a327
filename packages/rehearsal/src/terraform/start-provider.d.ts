import type { ProviderOptions } from '../provider/provider-options';
import type { ContainerRuntime } from '../resources/ecs/container-runtime';
/** A provider that runs in a process of its own. */
export interface RunningProvider {
  readonly pid: number;
  /** `TF_REATTACH_PROVIDERS`: with it, Terraform attaches to this provider instead of starting one. */
  readonly reattach: string;
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
/** Starts the provider. It ends with this process, however that ends. @throws {Error} when it does not come up */
export declare function startProvider(
  options: Omit<ProviderOptions, 'containers'>,
  host: ProviderHost,
): Promise<RunningProvider>;
