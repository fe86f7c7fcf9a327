import { delimiter } from 'node:path';

/** Variables of the person's shell that reach a container: which authorities to trust, and where the runtime's own libraries lie. */
const PASSED_ON = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'LD_LIBRARY_PATH'];

/** Carried by each process of a container, so that one which left its group and its parent can still be found. */
const MARKER = 'LOADLAB_CONTAINER';

/** What the machine gives to a process that a container would get from its image and its host. */
export interface MachineEnvironmentOptions {
  /** Folders searched for programs before the system's. */
  readonly binFolders: readonly string[];
  readonly home: string;
  readonly temporary: string;
  /** `<run>/<task>/<container>` */
  readonly marker: string;
  /** The person's shell. */
  readonly shell: Readonly<Record<string, string | undefined>>;
}

/** The base of a local process's environment; everything else of the shell stays out. */
export function machineEnvironment(options: MachineEnvironmentOptions): Record<string, string> {
  const passed = PASSED_ON.flatMap((name) => {
    const value = options.shell[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passed),
    PATH: [...options.binFolders, '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: options.home,
    TMPDIR: options.temporary,
    // As in a container: no language, no time zone.
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    [MARKER]: options.marker,
  };
}
