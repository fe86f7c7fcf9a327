/**
 * Reads edits as JSON from standard input, makes each in the workspace of the working folder, and prints which cached tasks Nx would
 * then run anew and which projects it calls affected. Each edit is undone before the next.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { ProjectGraph } from '@nx/devkit';
import { readNxJson } from 'nx/src/config/nx-json';
import { filterAffected } from 'nx/src/project-graph/affected/affected-project-graph';
import { calculateFileChanges } from 'nx/src/project-graph/file-utils';
import { applyEdit, type Edit } from './edit';
import { hashTasks, readGraph } from './hash-tasks';

/** `anew`: ids of tasks that the cache would not answer. `affected`: projects, as `nx affected` finds them. */
export interface Reruns {
  readonly anew: readonly string[];
  readonly affected: readonly string[];
}

/** All tasks there are, and what each project imports, or names as implied. */
export interface Answer {
  readonly tasks: readonly string[];
  readonly imports: Readonly<Record<string, readonly string[]>>;
  readonly told: readonly Reruns[];
}

const JUDGED = ['lint', 'typecheck', 'test', 'synth'];
/** What these write is part of the hashes of others, so they run for real. */
const WRITES_INPUTS = 'contract';
const written = new Map<string, string>();

async function hashesNow(graph: ProjectGraph): Promise<Map<string, string>> {
  const hashes = await hashTasks(graph, [WRITES_INPUTS, ...JUDGED]);
  const due = [...hashes].filter(([id, hash]) => isContract(id) && written.get(id) !== hash);
  for (const [id, hash] of due) {
    const project = graph.nodes[id.slice(0, id.indexOf(':'))]?.data;
    const options = project?.targets?.[WRITES_INPUTS]?.options as { command: string };
    execFileSync('sh', ['-c', options.command], { cwd: project?.root, stdio: ['ignore', 'ignore', 'inherit'] });
    written.set(id, hash);
  }
  const settled = due.length === 0 ? hashes : await hashTasks(graph, JUDGED);
  return new Map([...settled].filter(([id]) => !isContract(id)));
}

const isContract = (id: string): boolean => id.endsWith(`:${WRITES_INPUTS}`);

async function rerunsOf(edit: Edit, before: ReadonlyMap<string, string>): Promise<Reruns> {
  const undo = applyEdit(edit);
  try {
    const graph = await readGraph();
    const changes = calculateFileChanges(Object.keys(edit.files), { base: 'HEAD' });
    const affected = await filterAffected(graph, changes, readNxJson());
    const after = await hashesNow(graph);
    return {
      anew: [...after].filter(([id, hash]) => before.get(id) !== hash).map(([id]) => id),
      affected: Object.keys(affected.nodes),
    };
  } finally {
    undo();
  }
}

const importsIn = (graph: ProjectGraph): Answer['imports'] =>
  Object.fromEntries(
    Object.keys(graph.nodes).map((name) => [
      name,
      (graph.dependencies[name] ?? []).map(({ target }) => target).filter((target) => target in graph.nodes),
    ]),
  );

async function main(): Promise<void> {
  const edits = JSON.parse(readFileSync(0, 'utf8')) as Edit[];
  const graph = await readGraph();
  const before = await hashesNow(graph);
  const told: Reruns[] = [];
  for (const edit of edits) told.push(await rerunsOf(edit, before));
  // Not to the terminal: Nx may have its own say there.
  process.stdout.write(
    `\n${JSON.stringify({ tasks: [...before.keys()], imports: importsIn(graph), told } satisfies Answer)}\n`,
  );
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
