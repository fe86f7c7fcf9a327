import { didYouMean, type Problem } from '@loadlab/foundation';
import { apiOfPath } from '../engine/api';
import { promptSource } from '../engine/request/prompt-source';
import { requestBody } from '../engine/request/request-body';
import type { Scenario } from '../scenario/scenario';
import { type Answer, RequestFailure, sendRequest } from './send-request';
import { targetWords } from './target-words';
import { siblingAddress } from './target-address';

/** An address to be probed, and how. */
export interface ProbeOptions {
  /** Names the address in problems: `--target`. */
  readonly flag: string;
  readonly address: string;
  readonly scenario: Scenario;
  readonly prompts?: readonly string[];
  /** Resolved, with the key's. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names the variable that the key came from. @default - no key is sent */
  readonly keyVariable?: string;
  readonly signal?: AbortSignal;
}

/** Nobody wants to wait longer to learn whether a run can begin. */
const LONGEST_WAIT_SECONDS = 30;
const TOO_MANY_REQUESTS = 429;
const MOST_MODELS_NAMED = 12;

/**
 * Sends the scenario's request once, before any load. What a load cannot mend is a problem: nobody listening, TLS, a refused
 * key, an unknown model or path, a request that is refused as such. What a load is there to measure is only a warning: errors
 * of the server, too many requests, broken or late answers. A refusal is asked for twice, since a server under test may
 * refuse now and then on purpose.
 */
export async function probe(options: ProbeOptions): Promise<Problem[]> {
  const first = await attempt(options);
  if (first instanceof RequestFailure) return [failureProblem(options, first)];
  if (isSound(first)) return [];
  if (isRefusedKey(first)) return [refusedKey(options, first)];
  if (first.status >= 500 || first.status === TOO_MANY_REQUESTS)
    return [warning(options, `answered ${first.status} to the first request: ${targetWords(first)}`)];
  const second = await attempt(options);
  if (second instanceof RequestFailure) return [failureProblem(options, second)];
  if (isSound(second))
    return [warning(options, `refused the first of two requests (${first.status}): ${targetWords(first)}`)];
  return [await refusal(options, second)];
}

async function attempt({
  address,
  scenario,
  prompts,
  headers,
  signal,
}: ProbeOptions): Promise<Answer | RequestFailure> {
  const [prompt = ''] = promptSource(scenario.request.prompt, scenario.seed, prompts).prompts;
  try {
    return await sendRequest({
      url: address + scenario.request.path,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-encoding': 'identity', ...headers },
      body: requestBody(apiOfPath(scenario.request.path), scenario.request, prompt),
      timeoutSeconds: Math.min(scenario.timeout, LONGEST_WAIT_SECONDS),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof RequestFailure) return error;
    throw error;
  }
}

function isSound({ status, contentType }: Answer): boolean {
  return status >= 200 && status < 300 && !contentType.includes('text/html');
}

/** LiteLLM without a database answers a missing or wrong key with 400 or 500, and says so in words. */
function isRefusedKey({ status, body }: Answer): boolean {
  if (status === 401 || status === 403) return true;
  return status >= 400 && /no api key passed|invalid (proxy server token|api key)|no connected db/i.test(body);
}

function failureProblem(options: ProbeOptions, failure: RequestFailure): Problem {
  if (failure.kind === 'connect')
    return problem(options, `is down: ${failure.message}`, 'start it, or correct the address');
  if (failure.kind === 'tls')
    return problem(
      options,
      `TLS failed: ${failure.message}`,
      'a certificate of your own: NODE_EXTRA_CA_CERTS=file.pem',
    );
  return warning(options, `did not answer the first request: ${failure.message}`);
}

function refusedKey(options: ProbeOptions, answer: Answer): Problem {
  const { flag, keyVariable } = options;
  const keyFlag = flag === '--direct' ? '--direct-api-key-env' : '--api-key-env';
  const [what, hint] =
    keyVariable === undefined
      ? ['wants a key', `set one in the environment and name it: ${keyFlag} NAME`]
      : [`refused the key of ${keyVariable}`, 'is it the right key for this address?'];
  return problem(options, `${what} (${answer.status}): ${targetWords(answer)}`, hint);
}

async function refusal(options: ProbeOptions, answer: Answer): Promise<Problem> {
  const { model, path } = options.scenario.request;
  if (answer.contentType.includes('text/html') && answer.status < 300)
    return problem(options, `answers ${path} with a web page`, 'is this the address of the API?');
  const known = await knownModels(options);
  if (known !== undefined && !known.includes(model)) {
    const likely = didYouMean(model, known);
    return {
      ...problem(
        options,
        `does not know the model ${model} (${answer.status}): ${targetWords(answer)}`,
        knows(known, likely),
      ),
      path: 'request.model',
    };
  }
  if (answer.status === 404 || answer.status === 405)
    return problem(
      options,
      `has no ${path} (${answer.status}): ${targetWords(answer)}`,
      'see request.path of the scenario',
    );
  if (answer.status < 400)
    return problem(options, `redirects (${answer.status})`, 'give the address that it redirects to');
  return problem(
    options,
    `refuses the request (${answer.status}): ${targetWords(answer)}`,
    'see request in the scenario',
  );
}

/** Names of the models that the target offers; undefined when it does not say. */
async function knownModels({ address, headers, signal }: ProbeOptions): Promise<string[] | undefined> {
  try {
    const answer = await sendRequest({
      url: siblingAddress(address, '/v1/models'),
      method: 'GET',
      headers,
      timeoutSeconds: 10,
      ...(signal === undefined ? {} : { signal }),
    });
    if (answer.status !== 200) return undefined;
    const list: unknown = JSON.parse(answer.body);
    if (typeof list !== 'object' || list === null || !('data' in list) || !Array.isArray(list.data)) return undefined;
    return list.data.flatMap((entry: unknown) =>
      typeof entry === 'object' && entry !== null && 'id' in entry && typeof entry.id === 'string' ? [entry.id] : [],
    );
  } catch (error) {
    if (error instanceof RequestFailure || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function knows(models: readonly string[], likely: string | undefined): string {
  if (models.length === 0) return 'it knows none: is its config.yaml mounted?';
  const named = models.slice(0, MOST_MODELS_NAMED).join(', ');
  const more = models.length > MOST_MODELS_NAMED ? ` and ${models.length - MOST_MODELS_NAMED} more` : '';
  return `${likely === undefined ? '' : `did you mean "${likely}"? `}it knows: ${named}${more}`;
}

function problem({ flag, address }: ProbeOptions, message: string, hint: string): Problem {
  return { file: `${flag} ${address}`, path: '', message, hint };
}

function warning({ flag, address }: ProbeOptions, message: string): Problem {
  return {
    file: `${flag} ${address}`,
    path: '',
    message,
    severity: 'warning',
    hint: 'the load goes on and counts such',
  };
}
