import type { Endpoint } from '../transport/endpoint';

/** What requests are made of besides the scenario. */
export interface RequestOptions {
  readonly endpoint: Endpoint;
  readonly apiKey?: string;
  /** The scenario's headers with `env:NAME` replaced. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The lines of `prompt.file`. */
  readonly prompts?: readonly string[];
}
