import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Files by path with their new content, null to remove one; and variables of the environment. */
export interface Edit {
  readonly files: Readonly<Record<string, string | null>>;
  readonly variables: Readonly<Record<string, string>>;
}

/** Makes an edit in the working folder and this process, and returns how to undo it. */
export function applyEdit(edit: Edit): () => void {
  const files = Object.keys(edit.files).map(
    (file) => [file, existsSync(file) ? readFileSync(file, 'utf8') : null] as const,
  );
  const variables = Object.keys(edit.variables).map((name) => [name, process.env[name]] as const);
  for (const [file, content] of Object.entries(edit.files)) write(file, content);
  Object.assign(process.env, edit.variables);
  return () => {
    for (const [file, content] of files) write(file, content);
    for (const [name, value] of variables) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
}

let clock = Math.ceil(Date.now() / 1000);

/** Nx takes a file for unchanged when its time is, in whole seconds: each writing gets a second of its own. */
function write(file: string, content: string | null): void {
  if (content === null) {
    rmSync(file);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  clock += 1;
  utimesSync(file, clock, clock);
}
