import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@loadlab/foundation';
import { freePort } from '../local-fargate/run/free-port';
import { startServer, type ServerProcess, type ServerStart } from './server-process';
import { shareServer } from './shared-server';

/** PostgreSQL on this machine. */
export interface PostgresServer {
  /** For `PG_CONN_STR`. */
  readonly connection: string;
  /** Who holds a state's lock now. Terraform cannot say it with this backend: its refusal names whoever was refused. */
  lockHolders(): LockHolder[];
  stop(): Promise<void>;
}

/** A connection that holds the lock of a state. */
export interface LockHolder {
  /** The name that it gave itself (`PGAPPNAME`). */
  readonly who: string;
  /** When it connected, in PostgreSQL's words. */
  readonly since: string;
}

/** As docs/state-locks.md has it for people. */
const HOLDERS = `SELECT a.application_name, a.backend_start FROM pg_stat_activity a
  WHERE EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'advisory' AND l.granted)
  ORDER BY a.backend_start`;

/** Where Debian and its kin put PostgreSQL's programs, which they leave out of PATH. */
const DEBIAN = '/usr/lib/postgresql';
const SUPERUSER = 'loadlab';
const DATABASE = 'postgres';

/**
 * Starts a PostgreSQL server of its own: own data, a free port of 127.0.0.1, no passwords. PostgreSQL refuses to run as
 * root, so as root it runs as the user `postgres` or `nobody`, to whom the folder is given.
 * With `sharedIn`, one server is shared by all that ask for it in that folder; without, it is this process's own.
 * @throws {InputError} when PostgreSQL is not installed
 */
export async function startPostgresServer(dataFolder: string, sharedIn?: string): Promise<PostgresServer> {
  const programs = findPrograms();
  if (sharedIn === undefined) {
    const { port, server } = await launch(programs, dataFolder);
    return postgresAt(programs, port, () => server.stop());
  }
  const { address, leave } = await shareServer(sharedIn, {
    start: async (input) => {
      const { port, server } = await launch(programs, dataFolder, { input, logFile: join(sharedIn, 'server.log') });
      return { pid: server.pid, address: String(port) };
    },
    answers: (port) => answers(programs, Number(port)),
  });
  return postgresAt(programs, Number(address), leave);
}

async function launch(
  programs: string,
  dataFolder: string,
  shared?: ServerStart['shared'],
): Promise<{ port: number; server: ServerProcess }> {
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  if (user !== undefined) chownSync(dataFolder, user.uid, user.gid);
  if (!existsSync(join(dataFolder, 'PG_VERSION'))) initialize(programs, dataFolder, user);
  const port = await freePort();
  const settings = [
    `listen_addresses=127.0.0.1`,
    `port=${port}`,
    // No socket file, whose folder might not exist or might be shared.
    'unix_socket_directories=',
    // A rehearsal's states may be lost with the machine.
    'fsync=off',
  ];
  // PostgreSQL does not watch its standard input; the shell does, and ends it when that ends.
  const script = '"$@" & server=$!; cat > /dev/null; kill -INT $server; wait $server';
  const command = [join(programs, 'postgres'), '-D', dataFolder, ...settings.flatMap((setting) => ['-c', setting])];
  const server = await startServer({
    name: 'PostgreSQL',
    command: 'sh',
    args: ['-c', script, 'sh', ...command],
    env: process.env,
    cwd: '/',
    isReady: () => answers(programs, port),
    ...(user === undefined ? {} : { user }),
    ...(shared === undefined ? {} : { shared }),
  });
  return { port, server };
}

function answers(programs: string, port: number): Promise<boolean> {
  return succeeds(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]);
}

function postgresAt(programs: string, port: number, stop: () => Promise<void>): PostgresServer {
  const connection = `postgres://${SUPERUSER}@127.0.0.1:${port}/${DATABASE}?sslmode=disable`;
  return {
    connection,
    lockHolders: () =>
      execFileSync(join(programs, 'psql'), [connection, '-X', '-A', '-t', '-F', '\t', '-c', HOLDERS], {
        encoding: 'utf8',
      })
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const [who = '', since = ''] = line.split('\t');
          return { who, since };
        }),
    stop,
  };
}

/** @throws {InputError} when the folder cannot be used, most often because the other user may not enter one above it */
function initialize(programs: string, dataFolder: string, user: { uid: number; gid: number } | undefined): void {
  const args = ['-D', dataFolder, '-U', SUPERUSER, '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  const made = spawnSync(join(programs, 'initdb'), args, { encoding: 'utf8', cwd: '/', ...user });
  if (made.status === 0) return;
  const asWhom = user === undefined ? '' : ` as user ${user.uid}, since PostgreSQL does not run as root`;
  throw new InputError([
    {
      file: dataFolder,
      path: '',
      message: `PostgreSQL cannot keep its data there${asWhom}: ${made.stderr.trim()}`,
      hint: 'choose a folder that this user may reach',
    },
  ]);
}

function findPrograms(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((left, right) => Number(right) - Number(left)) : [];
  const folders = [...versions.map((version) => join(DEBIAN, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  const found = folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
  if (found !== undefined) return found;
  throw new InputError([
    {
      file: 'PostgreSQL',
      path: '',
      message: 'is needed for states in PostgreSQL, and is not on this machine',
      hint: process.platform === 'darwin' ? 'brew install postgresql' : 'sudo apt-get install postgresql',
    },
  ]);
}

function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody'])
    try {
      const id = (flag: string): number =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // There is no such user; the next one will do.
    }
  throw new Error('there is neither a user "postgres" nor "nobody" as whom PostgreSQL could run');
}

function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => execFile(command, args, (error) => resolve(error === null)));
}
