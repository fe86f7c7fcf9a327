import type { Answer } from '../src/tell-reruns';

/** What stacks see no code of, though they publish or test with it, or read its contract. */
const HIDDEN = ['mock-openai', 'loadtest', 'setup'];

/** The projects with a task of that kind that the names of a row stand for. */
export function projectsNamed(names: readonly string[], target: string, { tasks, imports }: Answer): string[] {
  const having = (kind: string): string[] =>
    tasks.filter((id) => id.endsWith(`:${kind}`)).map((id) => id.slice(0, id.indexOf(':')));
  const stacks = having('synth');
  const importers = (of: string): string[] =>
    Object.keys(imports).filter((name) => name !== of && reached(name).has(of));

  function reached(from: string, seen = new Set<string>()): Set<string> {
    for (const next of imports[from] ?? []) if (!seen.has(next)) reached(next, seen.add(next));
    return seen;
  }

  const expand = (name: string): string[] => {
    if (name === 'all') return having(target);
    if (name === 'stacks') return stacks;
    const [, kind, of = ''] = /^(code|view|importers) of (.*)$/.exec(name) ?? [];
    if (kind === undefined) return [name];
    const readers = importers(of);
    const without = kind !== 'view' && (stacks.includes(of) || HIDDEN.includes(of)) ? stacks : [];
    return [...(kind === 'importers' ? [] : [of]), ...readers.filter((reader) => !without.includes(reader))];
  };
  const all = new Set(names.flatMap(expand));
  return having(target).filter((name) => all.has(name));
}
