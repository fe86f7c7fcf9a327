import { LogFile } from '../local-fargate/task/log-file';

/** The last lines of a log, oldest first. */
export function tail(file: string, count: number): string[] {
  return new LogFile(file)
    .tail()
    .split('\n')
    .filter((line) => line !== '')
    .slice(-count);
}
