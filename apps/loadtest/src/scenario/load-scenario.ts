import { checkSchema, InputError, isError, type Problem, readDocument, type SourceDocument } from '@loadlab/foundation';
import { expectedRequests, samplesNeeded } from './expected-requests';
import { readPromptFile } from './prompt-file';
import { unsetHeaderVariables } from './request-headers';
import type { Scenario } from './scenario';
import { applyOverrides, blameOverrides } from './scenario-overrides';
import { scenarioSchema } from './scenario-schema';
import { scenarioFile } from './shipped-scenarios';

/** A scenario that can be run. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** The file it came from. */
  readonly file: string;
  /** The prompts of `request.prompt.file`, in the file's order. */
  readonly prompts?: readonly string[];
  readonly warnings: readonly Problem[];
}

/** How to load a scenario. */
export interface LoadScenarioOptions {
  /** Values that replace the file's: `arrival.closed.users=50`. @default - none */
  readonly set?: readonly string[];
  /** Where `env:NAME` of a header is looked up. @default - not looked up, so that a file can be checked without its secrets */
  readonly variables?: NodeJS.ProcessEnv;
}

/**
 * Loads a scenario by the name of a shipped one (`guide`) or by its path, and all that it refers to.
 * @throws {InputError} with every problem at once
 */
export function loadScenario(nameOrFile: string, options: LoadScenarioOptions = {}): LoadedScenario {
  const file = scenarioFile(nameOrFile);
  const set = options.set ?? [];
  const document = applyOverrides(readDocument(file), set);
  const { scenario, problems } = checkScenario(document);
  const found = [
    ...problems,
    ...(scenario === undefined || options.variables === undefined
      ? []
      : unsetHeaderVariables(file, scenario.request.headers, options.variables)),
  ];
  const blamed = blameOverrides(found, set);
  const prompts = scenario === undefined ? undefined : promptsOf(file, scenario, blamed);
  if (scenario === undefined || blamed.some(isError)) throw new InputError(blamed);
  return { scenario, file, warnings: blamed, ...(prompts === undefined ? {} : { prompts }) };
}

/** Holds a document against the scenario schema; warns where an objective can hardly be judged. Reads no other file. */
export function checkScenario(document: SourceDocument): { scenario?: Scenario; problems: readonly Problem[] } {
  const { value: scenario, problems } = checkSchema(document, scenarioSchema);
  return scenario === undefined ? { problems } : { scenario, problems: tooFewSamples(document, scenario) };
}

/** A file's problems join the others, so that one look shows all. */
function promptsOf(file: string, scenario: Scenario, problems: Problem[]): string[] | undefined {
  const { prompt } = scenario.request;
  if (!('file' in prompt)) return undefined;
  try {
    return readPromptFile(file, prompt.file);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function tooFewSamples(document: SourceDocument, scenario: Scenario): Problem[] {
  const most = Math.ceil(expectedRequests(scenario));
  return Object.entries(samplesNeeded).flatMap(([objective, needed]): Problem[] => {
    if (!(objective in scenario.slo) || most >= needed) return [];
    const line = document.lineOf(['slo', objective]);
    return [
      {
        file: document.file,
        path: `slo.${objective}`,
        severity: 'warning',
        message: `needs ${needed} requests, and at most ${most} are expected in the window`,
        hint: 'a longer duration, more load or more rounds; without enough samples the objective counts as missed',
        ...(line === undefined ? {} : { line }),
      },
    ];
  });
}
