import path from 'node:path';
import { describeEvent, type EventListener, type LocalEvent, type Rewriting } from '@loadlab/rehearsal/local-fargate';

/** Rewritings that change what is measured; the others only say where things lie on this machine. */
const isTelling = ({ place, after }: Rewriting): boolean =>
  place === 'image' || (place.startsWith('command') && /^\d{1,3}$/.test(after));

/**
 * Turns what happens while the lab starts into lines for a person: rewritings that change what is measured in full, the others as a
 * number with the file that lists them all.
 */
export function labLog(folder: () => string, say: (line: string) => void): EventListener {
  const silent = new Map<string, number>();
  return (event: LocalEvent) => {
    if (event.kind === 'rewritten' && !isTelling(event.rewriting)) {
      silent.set(event.task, (silent.get(event.task) ?? 0) + 1);
      return;
    }
    if (event.kind === 'container-started') {
      const count = silent.get(event.task);
      silent.delete(event.task);
      const file = path.relative(process.cwd(), path.join(folder(), event.task, 'rewritings.log'));
      if (count !== undefined)
        say(`${event.task}: ${count} more settings rewritten for this machine, listed in ${file}`);
    }
    say(describeEvent(event));
  };
}
