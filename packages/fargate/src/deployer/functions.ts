import type { InvokeCommandOutput, LambdaClient } from '@aws-sdk/client-lambda';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { patiently, type Attempt, type Clock } from './patience';

/** Invokes AWS Lambda functions; one call is one attempt. */
export interface Functions {
  /** @returns what the function answered @throws {FunctionFailed} when the function failed, and AWS's own errors */
  invoke(functionName: string, input: unknown): Promise<unknown>;
}

/** A function ran and failed: its own words. */
export class FunctionFailed extends Error {
  constructor(
    readonly functionName: string,
    readonly errorType: string,
    readonly errorMessage: string,
  ) {
    super(`${functionName} failed: ${errorMessage}`);
    this.name = 'FunctionFailed';
  }
}

const failure = z.object({ errorMessage: z.string(), errorType: z._default(z.string(), 'Error') });

/** Lambda itself, through its SDK. */
export function lambdaFunctions(client: LambdaClient): Functions {
  return {
    async invoke(functionName, input) {
      const output = await client.send(
        new InvokeCommand({ FunctionName: functionName, Payload: new TextEncoder().encode(JSON.stringify(input)) }),
      );
      return answerOf(functionName, output);
    },
  };
}

function answerOf(functionName: string, output: InvokeCommandOutput): unknown {
  const text = output.Payload === undefined ? '' : new TextDecoder().decode(output.Payload);
  if (output.FunctionError === undefined) return text === '' ? null : JSON.parse(text);
  const parsed = failure.safeParse(parsedOrNull(text));
  if (!parsed.success) throw new FunctionFailed(functionName, output.FunctionError, text);
  throw new FunctionFailed(functionName, parsed.data.errorType, parsed.data.errorMessage);
}

/** Of a runtime that died, Lambda may report plain text. */
function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * What passes by itself, and how long it may take at most.
 * - EFS: "couldn't mount", "timed out", "couldn't connect" for a minute or two after everything is "available", and
 *   while a changed file-system policy spreads (several minutes).
 * - A function in a VPC that was idle for weeks is `Inactive`: the call that wakes it fails, and the next ones until then.
 * - IAM: a role's new permissions arrive within seconds, rarely a minute.
 * @source https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
 */
const PASSING = new Map<string, number>([
  ...[
    'EFSIOException',
    'EFSMountConnectivityException',
    'EFSMountFailureException',
    'EFSMountTimeoutException',
    'ResourceConflictException',
    'ResourceNotReadyException',
    'EC2ThrottledException',
    'ServiceException',
    'TooManyRequestsException',
  ].map((name): [string, number] => [name, 10 * 60_000]),
  ...['AccessDeniedException', 'EC2AccessDeniedException'].map((name): [string, number] => [name, 2 * 60_000]),
]);

/** The first mount can take longer than the function's own limit; the second one does not. */
const TIMED_OUT = 'Sandbox.Timedout';

/**
 * Invokes a function, again and again while the reason of the failure passes by itself.
 * A failure of the function's own making (its code threw) is final.
 */
export async function invokePatiently(
  functions: Functions,
  clock: Clock,
  deadline: number,
  functionName: string,
  input: unknown,
): Promise<unknown> {
  const start = clock.now();
  return patiently(clock, deadline, async (): Promise<Attempt<unknown>> => {
    try {
      return { done: true, value: await functions.invoke(functionName, input) };
    } catch (error) {
      if (!(error instanceof Error) || !passes(error, clock.now() - start)) throw error;
      console.warn(`${functionName}: ${error.name}: ${error.message}; trying again`);
      return { done: false, reason: `${error.name}: ${error.message}` };
    }
  });
}

function passes(error: Error, waitedMs: number): boolean {
  if (error instanceof FunctionFailed) return error.errorType === TIMED_OUT;
  return waitedMs < (PASSING.get(error.name) ?? 0);
}
