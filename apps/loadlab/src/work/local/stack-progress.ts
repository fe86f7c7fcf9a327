import { stripVTControlCharacters } from 'node:util';

interface Progress {
  planned: number;
  done: number;
}

/**
 * How far `cdktf deploy` or `destroy` is, from what it prints: lines of Terraform's, the first of each piece with its stack's name before
 * it, the others indented. Pure: it is fed and asked.
 */
export class StackProgress {
  private rest = '';
  private readonly stacks: ReadonlyMap<string, Progress>;
  private current: string | undefined;

  constructor(ids: readonly string[]) {
    this.stacks = new Map(ids.map((id) => [id, { planned: 0, done: 0 }]));
  }

  /** Takes a piece of the output. @returns the stacks that are through with it, and their resources */
  feed(text: string): { readonly stack: string; readonly resources: number }[] {
    const lines = `${this.rest}${stripVTControlCharacters(text)}`.split(/\r?\n/);
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => {
      const stack = this.take(line);
      return stack === undefined ? [] : [{ stack, resources: this.stacks.get(stack)?.done ?? 0 }];
    });
  }

  /** Resources that were made, changed or destroyed so far. */
  get done(): number {
    return [...this.stacks.values()].reduce((sum, { done }) => sum + done, 0);
  }

  /** ` network-laptop 12 of 29, mock-openai-laptop 3 of 37`: the stacks under way; nothing between them. */
  describe(): string {
    const underWay = [...this.stacks].filter(([, { planned, done }]) => planned > done);
    return underWay.map(([id, { planned, done }]) => ` ${id} ${done} of ${planned}`).join(',');
  }

  /** @returns the stack that the line says to be complete */
  private take(line: string): string | undefined {
    this.current = [...this.stacks.keys()].find((id) => line.startsWith(`${id} `)) ?? this.current;
    const progress = this.current === undefined ? undefined : this.stacks.get(this.current);
    if (progress === undefined) return undefined;
    const plan = /Plan: (?:\d+ to import, )?(\d+) to add, (\d+) to change, (\d+) to destroy/.exec(line);
    if (plan !== null) progress.planned = plan.slice(1).reduce((sum, count) => sum + Number(count), 0);
    if (/: (Creation|Modifications|Destruction) complete after /.test(line)) progress.done += 1;
    return /(Apply|Destroy) complete!/.test(line) ? this.current : undefined;
  }
}
