import { InputError } from '@loadlab/foundation';
import type { MockOptions } from '../options/mock-options';

/** Turns what the operating system says about a port into what the user can do. Other errors stay as they are. */
export function listenProblem(error: unknown, { host, port }: MockOptions): unknown {
  const problem = (path: string, message: string, hint: string): InputError =>
    new InputError([{ file: 'mock-openai', path, message, hint }]);
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return problem(
        '--port',
        `${port} is taken by another process`,
        'stop that one, or choose another port (0: any free one)',
      );
    case 'EACCES':
      return problem('--port', `${port} needs rights that this user does not have`, 'choose one above 1023');
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAFNOSUPPORT':
      return problem('--host', `${host} is no address of this machine`, 'choose 127.0.0.1, or :: for every one');
    default:
      return error;
  }
}
