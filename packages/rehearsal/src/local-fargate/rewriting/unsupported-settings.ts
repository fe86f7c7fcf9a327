import type { ContainerDefinition } from '@loadlab/foundation';
import type { Rewriting } from './rewriting';

/** Settings of a container that have no effect on a local process, said out loud. */
export function unsupportedSettings(container: ContainerDefinition): Rewriting[] {
  const note = (place: string, value: unknown, why: string): Rewriting[] =>
    value === undefined ? [] : [{ container: container.name, place, before: JSON.stringify(value), after: '', why }];
  const noIsolation = 'a local process runs as you, in your file system';
  return [
    ...note('user', container.user, noIsolation),
    ...note('readonlyRootFilesystem', container.readonlyRootFilesystem === true ? true : undefined, noIsolation),
    ...note('linuxParameters', container.linuxParameters, noIsolation),
    ...note('ulimits', container.ulimits, "this machine's own limits hold"),
    ...note('logConfiguration', container.logConfiguration, 'the log is a file here'),
  ];
}
