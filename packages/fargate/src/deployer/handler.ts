import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ECSClient } from '@aws-sdk/client-ecs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { awaitReady } from './await-ready';
import { lambdaFunctions, type Functions } from './functions';
import { cloudWatchLogs, type Logs } from './logs';
import type { Clock } from './patience';
import { publishFiles } from './publish-files';
import { runTask } from './run-task';
import { stepSchema, type Step } from './step';
import { ecsTasks, type Tasks } from './tasks';

/** The part of AWS Lambda's context that is used. */
interface Context {
  getRemainingTimeInMillis(): number;
}

interface Services {
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly functions: Functions;
  readonly tasks: Tasks;
  readonly logs: Logs;
}

/** Kept back from the time that is left, to say why it was not enough. */
const LAST_WORDS_MS = 15_000;

/**
 * AWS Lambda's entry point: makes one step of a deployment, with all the patience that it needs.
 * Whatever it throws fails Terraform's apply, with the message in front of the person at the terminal.
 */
export async function handler(event: unknown, context: Context): Promise<unknown> {
  const clock = { now: () => Date.now(), sleep: (milliseconds: number) => sleep(milliseconds) };
  const services: Services = {
    clock,
    deadline: clock.now() + context.getRemainingTimeInMillis() - LAST_WORDS_MS,
    functions: lambdaFunctions(new LambdaClient({})),
    tasks: ecsTasks(new ECSClient({})),
    logs: cloudWatchLogs(new CloudWatchLogsClient({})),
  };
  const step = stepSchema.safeParse(event);
  if (!step.success) throw forTerminal(new Error(`not a step of a deployment:\n${z.prettifyError(step.error)}`));
  try {
    return await make(step.data, services);
  } catch (error) {
    throw forTerminal(error);
  }
}

function make(step: Step, services: Services): Promise<unknown> {
  switch (step.step) {
    case 'publishFiles':
      return publishFiles(step, services);
    case 'runTask':
      return runTask(step, services);
    case 'awaitReady':
      return awaitReady(step, services);
  }
}

/** Terraform prints the stack, too: nobody at a terminal can use one of bundled code. It stays in the function's log. */
function forTerminal(error: unknown): Error {
  console.error(error);
  const plain = new Error(error instanceof Error ? error.message : String(error));
  plain.name = 'DeploymentFailed';
  plain.stack = '';
  return plain;
}
