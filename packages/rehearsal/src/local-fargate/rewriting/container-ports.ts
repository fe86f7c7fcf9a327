import type { ProcessDraft, Rewritten } from './process-draft';
import { rewriteTexts } from './process-draft';
import type { Rewriting } from './rewriting';

const WHY = 'a free port of this machine';

/**
 * Moves container ports to those of this machine, where they can only be ports: `--port 4000`, `--port=4000`, a variable whose
 * name ends in PORT, `localhost:4000`. Another number of the same value (a timeout of 4000 ms) is left alone.
 */
export function rewriteContainerPorts(draft: ProcessDraft, ports: ReadonlyMap<number, number>): Rewritten {
  const own: Rewriting[] = [];
  const move = (place: string, before: string): string => {
    const after = moved(before, ports);
    if (after === undefined) return before;
    own.push({ container: draft.name, place, before, after, why: WHY });
    return after;
  };
  const command = draft.command.map((argument, index) => {
    const place = `command[${index}]`;
    if (isPortFlag(draft.command[index - 1])) return move(place, argument);
    const [flag = '', value] = argument.split('=', 2);
    return value !== undefined && isPortFlag(flag) ? `${flag}=${move(place, value)}` : argument;
  });
  const environment = Object.fromEntries(
    Object.entries(draft.environment).map(([name, value]) => [
      name,
      /(^|_)PORT$/.test(name) ? move(`environment.${name}`, value) : value,
    ]),
  );
  const texts = rewriteTexts({ ...draft, command, environment }, WHY, (text) => replaceLoopback(text, ports));
  return { draft: texts.draft, rewritings: [...own, ...texts.rewritings] };
}

/** True when the draft says on which port it listens, so that it can be moved. */
export function namesPort(draft: ProcessDraft, containerPort: number): boolean {
  const text = String(containerPort);
  const inCommand = draft.command.some(
    (argument, index) =>
      (argument === text && isPortFlag(draft.command[index - 1])) ||
      (isPortFlag(argument.split('=', 1)[0]) && argument.endsWith(`=${text}`)),
  );
  return (
    inCommand || Object.entries(draft.environment).some(([name, value]) => /(^|_)PORT$/.test(name) && value === text)
  );
}

function isPortFlag(argument: string | undefined): boolean {
  return argument !== undefined && /^--?([\w-]+[-_])?port$/i.test(argument);
}

function moved(text: string, ports: ReadonlyMap<number, number>): string | undefined {
  const port = /^\d+$/.test(text) ? ports.get(Number(text)) : undefined;
  return port === undefined ? undefined : String(port);
}

function replaceLoopback(text: string, ports: ReadonlyMap<number, number>): string {
  return text.replace(
    /(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):(\d+)(?!\d)/g,
    (whole, host: string, port: string) => {
      const local = moved(port, ports);
      return local === undefined ? whole : `${host}:${local}`;
    },
  );
}
