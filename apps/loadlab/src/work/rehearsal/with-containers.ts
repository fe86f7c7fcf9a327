import { createInterface } from 'node:readline';
import { EXIT, InputError, workspaceRoot, type Environment } from '@loadlab/foundation';
import { plantSecrets } from '@loadlab/rehearsal';
import { LocalFargate } from '@loadlab/rehearsal/local-fargate';
import { labLog } from '../lab-log';
import { requireLocalEnvironment } from '../local/check-local-environment';
import { userSecrets } from '../local/user-secrets';
import { withRehearsal, type Rehearsal, type RehearsalOptions } from './rehearsal';
import { interruptible, synthesizeAndRun } from './verbs';

/** What is done while containers run. */
interface ContainerRehearsal {
  /** Stacks to deploy; all when none is named. */
  readonly names: readonly string[];
  /** Runs this instead of a deployment. */
  readonly command: readonly string[];
}

/**
 * Deploys with the containers of what is deployed, or runs a command beside them: those that the account has from an earlier time are
 * started first, and all of them end with this process. After a deployment they go on until Ctrl-C; each Enter deploys again, and so
 * rolls out whatever was edited meanwhile.
 * @returns the exit code
 * @throws {InputError} when the environment cannot run on this machine, or what is deployed does not start
 */
export async function rehearseWithContainers(
  environment: Environment,
  { names, command }: ContainerRehearsal,
  options: RehearsalOptions,
): Promise<number> {
  requireLocalEnvironment(environment, process.env);
  const stay = { begun: false };
  const exitCode = await interruptible(async (signal) => {
    const fargate = await LocalFargate.open({
      root: workspaceRoot(),
      signal,
      onEvent: labLog(() => fargate.folder, say),
    });
    try {
      return await withRehearsal(environment, { ...options, fargate }, async (rehearsal) => {
        const { account, secrets, containers } = rehearsal;
        await plantSecrets(account, secrets, userSecrets(environment, process.env));
        await containers?.catchUp();
        const [program, ...args] = command;
        if (program !== undefined) return rehearsal.run(program, args, { folder: process.cwd() });
        const deploy = (): Promise<number> =>
          synthesizeAndRun(rehearsal, 'deploy', names, { signal, variables: { CI: '1' } });
        const first = await deploy();
        if (signal.aborted || containers?.services.length === 0) return first;
        stay.begun = true;
        tellWhere(rehearsal);
        await again(signal, async () => {
          await deploy();
          await containers?.catchUp();
          tellWhere(rehearsal);
        });
        return first;
      });
    } finally {
      await fargate.close();
    }
  });
  // Ctrl-C was the way to end it.
  return stay.begun ? EXIT.done : exitCode;
}

/** Does something for each line on standard input, one after the other, until the signal aborts. */
async function again(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  const lines = createInterface({ input: process.stdin, signal });
  let working = Promise.resolve();
  lines.on('line', () => {
    working = working.then(() => (signal.aborted ? undefined : work())).catch(tellProblems);
  });
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
    // Closed input ends nothing, but neither does it keep a process alive.
    const alive = setInterval(() => undefined, 60_000);
    signal.addEventListener('abort', () => clearInterval(alive), { once: true });
  });
  lines.close();
  await working;
}

/** What a person can mend ends nothing: the next Enter tries again. */
function tellProblems(error: unknown): void {
  if (!(error instanceof InputError)) throw error;
  say(error.message);
}

function tellWhere({ containers, secrets }: Rehearsal): void {
  for (const { name, url } of containers?.services ?? []) say(`${name} answers at ${url}`);
  say(`Keys are in ${secrets.file}. Enter deploys again, Ctrl-C ends.`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
