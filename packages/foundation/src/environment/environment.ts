import type { Problem } from '../problems/problem';
import type { EnvironmentFile } from './schema/environment-schema';

/** LiteLLM's own configuration file, read but not judged: that is the proxy-service's linter's business. */
export interface LiteLlmConfigFile {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  /** Hexadecimal, of the file's bytes. */
  readonly sha256: string;
}

/** One place to deploy to: a folder with an `environment.yaml` and LiteLLM's config.yaml, read and checked. */
export interface Environment extends EnvironmentFile {
  /** The folder's name: part of every stack's id, state key and tag. */
  readonly name: string;
  /** Absolute path of the folder. */
  readonly directory: string;
  /** Absolute path of its environment.yaml. */
  readonly file: string;
  readonly litellmConfig: LiteLlmConfigFile;
  /** What is allowed but probably not meant; for the caller to print. */
  readonly warnings: readonly Problem[];
}
