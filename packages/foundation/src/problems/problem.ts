import { hideSecrets } from '../secrets/looks-secret';

/** One thing wrong with an input: what was seen, what is allowed, where, and what to do. */
export interface Problem {
  /** The file as the user named it, or the flag or variable that carried the value. */
  readonly file: string;
  /** Path inside the file, `proxy.workersPerTask` or `model_list[0].model_name`; empty for the file as a whole. */
  readonly path: string;
  /** What was seen and why it will not do: `unknown key`, `8 workers do not fit 4 vCPU (one each)`. */
  readonly message: string;
  /** What is allowed or what to do: `did you mean "image"?`, `at most 4, or raise proxy.cpu`. */
  readonly hint?: string;
  /** An error stops everything; a warning is printed and the work goes on. @default - 'error' */
  readonly severity?: 'error' | 'warning';
  /** Line in the file, counted from 1, where known. */
  readonly line?: number;
}

/** Thrown for every mistake of the user: carries all problems at once. The command line prints them and exits 3. */
export class InputError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(formatProblems(problems));
    this.name = 'InputError';
  }
}

/** True for problems that stop the work. */
export function isError(problem: Problem): boolean {
  return problem.severity !== 'warning';
}

/**
 * Renders problems grouped by file, one line each, columns aligned:
 * ```
 * environments/benchmark/environment.yaml
 *   proxy.imge  unknown key  -> did you mean "image"?
 * ```
 * A secret is not repeated, even where somebody put one into a key.
 */
export function formatProblems(problems: readonly Problem[]): string {
  const byFile = groupByFile(problems.map(withoutSecrets));
  const blocks: string[] = [];
  for (const [file, members] of byFile) {
    const wheres = members.map(where);
    const whereWidth = Math.min(48, Math.max(...wheres.map((text) => text.length)));
    const messageWidth = Math.min(72, Math.max(...members.map((problem) => problem.message.length)));
    const lines = members.map((problem, index) => {
      const place = (wheres[index] ?? '').padEnd(whereWidth);
      const warning = isError(problem) ? '' : 'warning: ';
      const message =
        problem.hint === undefined ? problem.message : `${problem.message.padEnd(messageWidth)}  -> ${problem.hint}`;
      return `  ${place}${whereWidth > 0 ? '  ' : ''}${warning}${message}`;
    });
    blocks.push([file, ...lines].join('\n'));
  }
  return blocks.join('\n');
}

function withoutSecrets({ path, message, hint, ...rest }: Problem): Problem {
  return {
    ...rest,
    path: hideSecrets(path),
    message: hideSecrets(message),
    ...(hint === undefined ? {} : { hint: hideSecrets(hint) }),
  };
}

function where(problem: Problem): string {
  const line = problem.line === undefined ? '' : `line ${problem.line}`;
  return problem.path === '' ? line : problem.path;
}

function groupByFile(problems: readonly Problem[]): Map<string, Problem[]> {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) groups.set(problem.file, [...(groups.get(problem.file) ?? []), problem]);
  return groups;
}
