import { parseArgs } from 'node:util';
import { formatPath, InputError, type Problem } from '@loadlab/foundation';
import { z } from 'zod';

/** The variable that holds the gateway's key; its value is read where requests are made and nowhere else. */
export const API_KEY_VARIABLE = 'LOADLAB_API_KEY';

const variables = z.object({
  /** Origin of the gateway. */
  LOADLAB_TARGET: z.url(),
  /** Origin of the mock upstream. @default - no direct rounds */
  LOADLAB_DIRECT: z.url().optional(),
  LOADLAB_RESULTS_BUCKET: z.string().min(3),
  LOADLAB_PROCESSES: z.coerce.number().int().min(1).default(1),
  /** `<id>`, or `<id>:<index>` in an array; set by AWS Batch. */
  AWS_BATCH_JOB_ID: z.string().min(1),
});

/** What one generator is to do, from its command line and its environment. */
export interface JobSettings {
  /** Name of a shipped scenario. */
  readonly scenario: string;
  /** Values that replace the scenario's: `arrival.closed.users=50`. */
  readonly set: readonly string[];
  readonly rounds: number;
  readonly target: string;
  readonly direct?: string;
  readonly processes: number;
  readonly bucket: string;
  /** Where in the bucket: `runs/<id>` or `runs/<id>/<index>`. */
  readonly prefix: string;
}

/**
 * Reads `SCENARIO [--rounds N] [--set path=value]…` and the variables that the job definition sets.
 * @throws {InputError} with all problems
 */
export function jobSettings(argv: readonly string[], environment: NodeJS.ProcessEnv): JobSettings {
  const { scenario, rounds, set } = commandLine(argv);
  const parsed = variables.safeParse(environment);
  const problems: Problem[] = (parsed.error?.issues ?? []).map(({ path, message }) => ({
    file: 'environment of the job',
    path: formatPath(path),
    message,
    hint: 'the job definition sets it: submit to the one of the stack',
  }));
  if (parsed.data === undefined || problems.length > 0) throw new InputError(problems);
  const { LOADLAB_TARGET, LOADLAB_DIRECT, LOADLAB_RESULTS_BUCKET, LOADLAB_PROCESSES, AWS_BATCH_JOB_ID } = parsed.data;
  return {
    scenario,
    set,
    rounds,
    target: LOADLAB_TARGET,
    ...(LOADLAB_DIRECT === undefined ? {} : { direct: LOADLAB_DIRECT }),
    processes: LOADLAB_PROCESSES,
    bucket: LOADLAB_RESULTS_BUCKET,
    prefix: `runs/${AWS_BATCH_JOB_ID.replace(':', '/')}`,
  };
}

function commandLine(argv: readonly string[]): Pick<JobSettings, 'scenario' | 'rounds' | 'set'> {
  const fail = (message: string): InputError =>
    new InputError([
      { file: 'command of the job', path: '', message, hint: 'SCENARIO [--rounds N] [--set path=value]…' },
    ]);
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { rounds: { type: 'string', default: '1' }, set: { type: 'string', multiple: true, default: [] } },
    });
    const [scenario, ...others] = positionals;
    if (scenario === undefined || others.length > 0) throw fail(`${positionals.length} scenarios, not one`);
    return { scenario, rounds: Number(values.rounds), set: values.set };
  } catch (error) {
    if (error instanceof TypeError) throw fail(error.message);
    throw error;
  }
}
