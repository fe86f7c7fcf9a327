import { answersSchema, MOST_QUESTIONS, type Answers, type Question } from '../probe/answer';
import { invokePatiently, type Functions } from './functions';
import { OutOfPatience, patiently, type Attempt, type Clock } from './patience';
import type { AwaitReady } from './step';
import type { Tasks } from './tasks';

/** How many tasks answered that they are ready: all of the service's. */
export interface Readiness {
  readonly readyTasks: number;
}

/** LiteLLM gives its database 4 s to answer. */
const ANSWER_WITHIN_SECONDS = 8;

/** A gateway that came up takes seconds; one that waits for its database, minutes. */
const READY_WITHIN_MS = 5 * 60_000;

/** Whoever reads the message needs an example, not all of them. */
const MOST_NAMED = 5;

/**
 * Waits until every running task of the service's new revision answers 200, each asked at its own address: through a
 * load balancer, one good task would answer for all.
 * @throws {Error} naming the tasks that are not ready and what they said
 */
export async function awaitReady(
  step: AwaitReady,
  services: { readonly tasks: Tasks; readonly functions: Functions; readonly clock: Clock; readonly deadline: number },
): Promise<Readiness> {
  const { tasks, functions, clock } = services;
  const deadline = Math.min(services.deadline, clock.now() + READY_WITHIN_MS);
  try {
    return await patiently(clock, deadline, async (): Promise<Attempt<Readiness>> => {
      const running = (await tasks.ofService(step.cluster, step.service)).filter(
        (task) => task.taskDefinition === step.taskDefinition && task.status === 'RUNNING' && task.privateIp !== '',
      );
      if (running.length === 0) return { done: false, reason: 'no task of the new revision is running' };
      const urls = running.map(({ privateIp }) => `http://${privateIp}:${step.port}${step.path}`);
      const answers: Answers = [];
      for (let from = 0; from < urls.length; from += MOST_QUESTIONS) {
        const question: Question = {
          urls: urls.slice(from, from + MOST_QUESTIONS),
          timeoutSeconds: ANSWER_WITHIN_SECONDS,
        };
        const reply = await invokePatiently(functions, clock, deadline, step.probeFunction, question);
        answers.push(...answersSchema.parse(reply));
      }
      return verdict(answers);
    });
  } catch (error) {
    if (!(error instanceof OutOfPatience)) throw error;
    throw new Error(`${step.service} is not ready after ${error.seconds} s: ${error.lastReason}`);
  }
}

function verdict(answers: Answers): Attempt<Readiness> {
  const notReady = answers.filter(({ status }) => status !== 200);
  if (notReady.length === 0) return { done: true, value: { readyTasks: answers.length } };
  const said = notReady
    .slice(0, MOST_NAMED)
    .map(({ url, status, detail }) => `${url} says ${status === 0 ? '' : `${status} `}${detail}`);
  if (notReady.length > MOST_NAMED) said.push(`and ${notReady.length - MOST_NAMED} more`);
  return { done: false, reason: `${notReady.length} of ${answers.length} tasks: ${said.join('; ')}` };
}
