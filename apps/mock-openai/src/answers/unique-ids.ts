import { randomBytes } from 'node:crypto';

const PREFIX = 20;
const COUNTER = 12;

/** Ids of 32 letters and digits: a random start for this process, then a counter. Unique over all workers and restarts. */
export class UniqueIds {
  private readonly prefix = randomBytes(PREFIX).toString('hex').slice(0, PREFIX);
  private count = 0;

  next(): string {
    return this.prefix + (this.count++).toString(36).padStart(COUNTER, '0');
  }
}
