import { performance } from 'node:perf_hooks';

/** Nobody should look at a silent terminal for longer. */
const SILENCE_MS = 2_000;
const LOOK_MS = 100;

/** What a waiting person is told: a line for whatever happens, and every two seconds in which nothing does, how far it is. */
export class Voice {
  private spoke = performance.now();

  constructor(private readonly stream: { write(text: string): unknown }) {}

  /** Says one line. */
  readonly say = (line: string): void => {
    this.spoke = performance.now();
    this.stream.write(`${line}\n`);
  };

  /** Does some work, and says how far it is when nobody else says anything. */
  async during<T>(describe: () => string, work: () => Promise<T>): Promise<T> {
    const timer = setInterval(() => {
      if (performance.now() - this.spoke >= SILENCE_MS) this.say(describe());
    }, LOOK_MS);
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }
}
