import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { meaningfulLines } from '../runtime/log-excerpt';

/** What a container writes, standard output and error together, in one file that only grows. */
export class LogFile {
  constructor(readonly path: string) {}

  /** Its end, as text; by default the last 64 KiB. */
  tail(bytes = 65_536): string {
    if (!existsSync(this.path)) return '';
    const descriptor = openSync(this.path, 'r');
    try {
      const { size } = fstatSync(descriptor);
      const start = Math.max(0, size - bytes);
      const buffer = Buffer.alloc(size - start);
      const read = readSync(descriptor, buffer, 0, buffer.length, start);
      return buffer.subarray(0, read).toString('utf8');
    } finally {
      closeSync(descriptor);
    }
  }

  /** Its last line that says something, at most 160 characters; for a progress line. */
  lastLine(isNoise: (line: string) => boolean): string | undefined {
    const lines = meaningfulLines(this.tail(4096)).filter((line) => !isNoise(line));
    return lines.at(-1)?.trim().slice(0, 160);
  }
}
