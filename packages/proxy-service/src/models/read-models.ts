import { InputError, isError, parseWithSchema, readDocument, type Problem } from '@loadlab/foundation';
import { lintLiteLlmConfig } from '../litellm-config/lint-litellm-config';
import type { LintContext } from '../litellm-config/lint-context';
import { liteLlmConfigSchema, type LiteLlmDeployment } from '../litellm-config/litellm-config-schema';

/** Models of a file, with what is suspicious about it. */
export interface ModelsFile {
  readonly deployments: readonly LiteLlmDeployment[];
  readonly warnings: readonly Problem[];
}

/**
 * Reads a file with a `model_list`, such as a config.yaml, for `registerModels`. Its other sections are held against the
 * same rules and otherwise left alone.
 * @throws {InputError} with all problems
 */
export function readModels(file: string, context: LintContext): ModelsFile {
  const document = readDocument(file);
  const problems = lintLiteLlmConfig(document, context);
  if (problems.some(isError)) throw new InputError(problems);
  return { deployments: parseWithSchema(document, liteLlmConfigSchema).model_list ?? [], warnings: problems };
}
