import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { InputError, isError, parseSource, readText, type Problem } from '@loadlab/foundation';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { lintLiteLlmConfig } from '../litellm-config/lint-litellm-config';
import type { LintContext } from '../litellm-config/lint-context';
import { formatConfigSource, type ConfigSource } from './config-source';
import type { ConfigStore } from './config-store';

/** Settings of a pull. */
export interface PullConfigOptions {
  readonly source: ConfigSource;
  readonly store: ConfigStore;
  /** The config.yaml that would be replaced; it need not exist yet. */
  readonly file: string;
  /** The task that will read it. */
  readonly context: LintContext;
}

/** A config.yaml from elsewhere, sound, and what it would change. */
export interface PulledConfig {
  readonly text: string;
  /** False where the file has this content already. */
  readonly changed: boolean;
  /** Unified, from the file to the source; empty where nothing changes. */
  readonly diff: string;
  readonly warnings: readonly Problem[];
}

/**
 * Fetches a config.yaml and holds it against the linter. Changes nothing: `writeConfig` does.
 * @throws {InputError} when it cannot be fetched, or with all problems of one that is not sound (a secret in clear
 * above all, which must not even be shown)
 */
export async function pullConfig({ source, store, file, context }: PullConfigOptions): Promise<PulledConfig> {
  const name = formatConfigSource(source);
  const text = withNewline(await store.read(source));
  const problems = lintLiteLlmConfig(parseSource(name, text), context);
  if (problems.some(isError)) throw new InputError(problems);
  const before = existsSync(file) ? readText(file) : '';
  const changed = before !== text;
  return {
    text,
    changed,
    diff: changed
      ? createTwoFilesPatch(file, name, before, text, undefined, undefined, { headerOptions: FILE_HEADERS_ONLY })
      : '',
    warnings: problems,
  };
}

/** Replaces a file in one go: whoever reads it at that moment reads the old or the new one. */
export function writeConfig(file: string, text: string): void {
  const temporary = `${file}.new`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

/** Parameter Store cuts the last line's end off, and every editor adds it again. */
function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
