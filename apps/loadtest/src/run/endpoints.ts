import type { Problem } from '@loadlab/foundation';
import { headerVariables, resolveHeaders, unsetHeaderVariables } from '../scenario/request-headers';
import type { Scenario } from '../scenario/scenario';
import { parseAddress } from './target-address';

/** Where to send requests, as the user said it. */
export interface Addresses {
  /** Origin or base of an OpenAI-compatible API. */
  readonly target: string;
  /** Name of the environment variable that holds the target's key. @default - no key is sent */
  readonly apiKeyEnv?: string;
  /** The upstream itself, for rounds past the gateway. @default - no direct rounds */
  readonly direct?: string;
  /** As `apiKeyEnv`, for the direct address. The target's key never goes there. @default - no key is sent */
  readonly directApiKeyEnv?: string;
}

/** An address with what goes along with each request to it. */
export interface Endpoint {
  /** Names the address in problems. */
  readonly flag: '--target' | '--direct';
  readonly address: string;
  readonly apiKey?: string;
  readonly keyVariable?: string;
  /** The scenario's, resolved. */
  readonly headers: Readonly<Record<string, string>>;
  /** What must appear in no record, message or page. */
  readonly secrets: readonly string[];
}

/** The addresses of a run. */
export interface Endpoints {
  readonly target: Endpoint;
  readonly direct?: Endpoint;
}

/** Checks addresses and looks up keys and headers; says everything that is wrong with them. */
export function resolveEndpoints(
  addresses: Addresses,
  scenarioFile: string,
  scenario: Scenario,
  variables: NodeJS.ProcessEnv,
): { endpoints: Endpoints; problems: readonly [] } | { endpoints?: undefined; problems: readonly Problem[] } {
  const { path, headers } = scenario.request;
  const target = resolveOne('--target', addresses.target, addresses.apiKeyEnv, path, variables);
  const direct =
    addresses.direct === undefined
      ? undefined
      : resolveOne('--direct', addresses.direct, addresses.directApiKeyEnv, path, variables);
  const problems = [
    ...target.problems,
    ...(direct?.problems ?? []),
    ...unsetHeaderVariables(scenarioFile, headers, variables),
  ];
  if (problems.length > 0) return { problems };
  return {
    endpoints: {
      target: withHeaders(target.endpoint, resolveHeaders(scenarioFile, headers, variables)),
      ...(direct === undefined ? {} : { direct: withHeaders(direct.endpoint, publicHeaders(headers)) }),
    },
    problems: [],
  };
}

/** All headers of a request by hand; the engine sets the same. */
export function requestHeaders({ apiKey, headers }: Endpoint): Record<string, string> {
  return { ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }), ...headers };
}

type Bare = Omit<Endpoint, 'headers'>;

function resolveOne(
  flag: Endpoint['flag'],
  text: string,
  keyVariable: string | undefined,
  requestPath: string,
  variables: NodeJS.ProcessEnv,
): { endpoint: Bare; problems: Problem[] } {
  const parsed = parseAddress(flag, text, requestPath);
  const apiKey = keyVariable === undefined ? undefined : variables[keyVariable];
  const unset = keyVariable !== undefined && (apiKey === undefined || apiKey === '');
  return {
    endpoint: {
      flag,
      address: 'address' in parsed ? parsed.address : '',
      secrets: apiKey === undefined ? [] : [apiKey],
      ...(apiKey === undefined || keyVariable === undefined ? {} : { apiKey, keyVariable }),
    },
    problems: [...('problem' in parsed ? [parsed.problem] : []), ...(unset ? [unsetKey(flag, keyVariable)] : [])],
  };
}

function unsetKey(flag: Endpoint['flag'], variable: string): Problem {
  const file = flag === '--target' ? '--api-key-env' : '--direct-api-key-env';
  const message = `the environment variable ${variable} is not set`;
  return { file: `${file} ${variable}`, path: '', message, hint: `export ${variable}=…` };
}

function withHeaders(endpoint: Bare, headers: Readonly<Record<string, string>>): Endpoint {
  return { ...endpoint, headers, secrets: [...endpoint.secrets, ...Object.values(headers)] };
}

/** What comes from the environment is meant for the target; another server must not see it. */
function publicHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const fromEnvironment = headerVariables(headers);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !fromEnvironment.has(name)));
}
