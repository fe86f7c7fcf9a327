import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  checkSchema,
  didYouMean,
  InputError,
  loadEnvironment,
  readDocument,
  type Problem,
  type SourceDocument,
} from '@loadlab/foundation';
import { checkScenario, readRecord } from '@loadlab/loadtest';
import { policySchema } from '@loadlab/plan-review';
import { checkEnvironmentConfig, lintContextOf, lintLiteLlmConfig } from '@loadlab/proxy-service';

type Kind = 'scenario' | 'environment' | 'config.yaml' | 'record' | 'reviews.yaml';

/** What a file was taken for (`file` when it is nothing known), and what is wrong with it. */
export interface Validation {
  readonly kind: Kind | 'file';
  readonly problems: readonly Problem[];
}

/** Top-level keys that tell one kind from the others. */
const KEYS: Readonly<Record<Kind, readonly string[]>> = {
  scenario: ['arrival', 'warmUp', 'duration', 'timeout', 'request', 'seed', 'slo'],
  environment: [
    'namespace',
    'region',
    'backend',
    'network',
    'database',
    'proxy',
    'mockOpenai',
    'loadGenerator',
    'profile',
  ],
  'config.yaml': ['model_list', 'litellm_settings', 'general_settings', 'router_settings', 'environment_variables'],
  'reviews.yaml': ['rules'],
  record: ['schema', 'sha256', 'scenario', 'counts', 'latency', 'serviceTime'],
};

const CHECKS: Readonly<Record<Kind, (document: SourceDocument) => readonly Problem[]>> = {
  scenario: (document) => checkScenario(document).problems,
  'config.yaml': checkConfig,
  record: ({ file }) => [...readRecordOf(file)],
  'reviews.yaml': (document) => checkSchema(document, policySchema).problems,
  environment: ({ file }) => {
    const environment = loadEnvironment(folderOf(file));
    return [...environment.warnings, ...checkEnvironmentConfig(environment)];
  },
};

/** Checks a scenario, an environment, a config.yaml, a record or a reviews.yaml, told apart by content. */
export function validateFile(file: string): Validation {
  let kind: Validation['kind'] = 'file';
  try {
    // Records outgrow what people write by hand, and are no YAML.
    if (file.endsWith('.json')) return { kind: 'record', problems: readRecordOf(file) };
    const document = readDocument(file);
    kind = kindOf(document);
    return { kind, problems: CHECKS[kind](document) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { kind, problems: error.problems };
  }
}

/** The kind most of whose keys the file has, misspelt ones included. */
function kindOf({ file, value }: SourceDocument): Kind {
  const keys = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  const scores = (Object.keys(KEYS) as Kind[]).map((kind) => ({
    kind,
    score: keys.filter((key) => didYouMean(key, KEYS[kind]) !== undefined).length,
  }));
  const best = scores.sort((left, right) => right.score - left.score)[0];
  if (best !== undefined && best.score > 0) return best.kind;
  const hint = 'they are told by keys such as arrival, namespace, model_list, rules and schema';
  throw new InputError([
    { file, path: '', message: 'is none of scenario, environment, config.yaml, record and reviews.yaml', hint },
  ]);
}

function readRecordOf(file: string): readonly Problem[] {
  readRecord(file);
  return [];
}

/** config.yaml is held against the environment whose task will read it; one that lies alone, against the shipped benchmark's. */
function checkConfig(document: SourceDocument): readonly Problem[] {
  const beside = existsSync(path.join(path.dirname(document.file), 'environment.yaml'));
  const environment = loadEnvironment(beside ? folderOf(document.file) : 'benchmark');
  return lintLiteLlmConfig(document, lintContextOf(environment));
}

/** As a path, which tells it from the name of an environment. */
function folderOf(file: string): string {
  return `${path.resolve(path.dirname(file))}${path.sep}`;
}
