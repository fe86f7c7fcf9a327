import { checkSchema, formatPath, looksSecret, type Problem, type SourceDocument } from '@loadlab/foundation';
import { viewOf, type ConfigView } from './config-view';
import type { LintContext, Rule } from './lint-context';
import { liteLlmConfigSchema } from './litellm-config-schema';
import { benchmarkHazards } from './rules/benchmark-hazards';
import { databaseSettings } from './rules/database-settings';
import { duplicateDeployments, someModel } from './rules/deployments';
import { environmentReferences } from './rules/environment-references';
import { environmentVariables } from './rules/environment-variables';
import { literalSecrets, secretsIn } from './rules/literal-secrets';
import { modelReferences } from './rules/model-references';
import { parameterNames } from './rules/parameter-names';
import { perProcessLimits } from './rules/per-process-limits';
import { providers } from './rules/providers';
import { publishedAlone } from './rules/published-alone';
import { unknownKeys } from './rules/unknown-keys';

const RULES: readonly Rule[] = [
  unknownKeys,
  someModel,
  duplicateDeployments,
  providers,
  parameterNames,
  modelReferences,
  environmentVariables,
  environmentReferences,
  literalSecrets,
  databaseSettings,
  perProcessLimits,
  publishedAlone,
  benchmarkHazards,
];

/**
 * Everything wrong with a config.yaml, in the order of its lines: what does not hold to the schema, what LiteLLM would
 * ignore in silence, secrets in clear, variables that the task does not get, and (as warnings) what would spoil a
 * measurement.
 */
export function lintLiteLlmConfig(document: SourceDocument, context: LintContext): Problem[] {
  const view = viewOf(document.value);
  const found = RULES.flatMap((rule) => rule(view, context)).map(({ path, ...finding }): Problem => {
    const line = document.lineOf(path);
    return { file: document.file, path: formatPath(path), ...finding, ...(line === undefined ? {} : { line }) };
  });
  const { problems } = checkSchema(document, liteLlmConfigSchema);
  const all = [...problems, ...found];
  return [...all, ...secretsBesideValues(document, all)]
    .map(hideSecrets(view))
    .sort((left, right) => (left.line ?? 0) - (right.line ?? 0));
}

/** Secrets in keys and in comments: the file is published as it is, with both. */
function secretsBesideValues({ file, text }: SourceDocument, found: readonly Problem[]): Problem[] {
  return text.split('\n').flatMap((content, index): Problem[] => {
    const line = index + 1;
    if (!looksSecret(content) || found.some((problem) => problem.line === line)) return [];
    const message = 'holds what looks like a secret, and would go into plans, states and logs with it';
    return [{ file, path: '', line, message, hint: 'remove it, also from a comment' }];
  });
}

/** A secret in the wrong place would be quoted as what was seen there. */
function hideSecrets(view: ConfigView): (problem: Problem) => Problem {
  const secrets = secretsIn(view).map(({ value }) => String(value));
  // Long values are cut short where they are quoted.
  const quoted = secrets.flatMap((secret) => [secret, secret.slice(0, 24)]);
  const hide = (text: string): string => quoted.reduce((rest, secret) => rest.replaceAll(secret, '(hidden)'), text);
  return ({ message, hint, ...place }) => ({
    ...place,
    message: hide(message),
    ...(hint === undefined ? {} : { hint: hide(hint) }),
  });
}
