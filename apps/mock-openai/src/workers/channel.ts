import { z } from 'zod';

/** What two processes can call on each other: a name, one argument, one result; all of it JSON. */
export type Methods<M> = { readonly [Name in keyof M]: (argument: never) => unknown };

/** The side of a method that is called. */
export type Handlers<M extends Methods<M>> = {
  readonly [Name in keyof M]: (argument: Parameters<M[Name]>[0]) => ReturnType<M[Name]> | Promise<ReturnType<M[Name]>>;
};

const failure = z.strictObject({ message: z.string(), code: z.string().optional() });
// Strict, since a result may be undefined, which a pipe leaves out: then only its other fields tell a result from an error.
const message = z.union([
  z.strictObject({ call: z.string(), id: z.number(), argument: z.unknown() }),
  z.strictObject({ result: z.unknown().optional(), id: z.number() }),
  z.strictObject({ error: failure, id: z.number() }),
]);

type Message = z.output<typeof message>;

/** One end of a pipe between processes. */
export interface Pipe {
  send(value: object): void;
  onMessage(listener: (value: unknown) => void): void;
}

/** Calls over a pipe, in both directions: `Theirs` can be called here, `ours` from there. */
export class Channel<Theirs extends Methods<Theirs>> {
  private readonly waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>();
  private lastId = 0;

  constructor(
    private readonly pipe: Pipe,
    private readonly ours: Readonly<Record<string, (argument: never) => unknown>>,
  ) {
    pipe.onMessage((value) => {
      const parsed = message.safeParse(value);
      // Node's cluster speaks over the same pipe; what is not ours is its own.
      if (parsed.success) this.receive(parsed.data);
    });
  }

  /** Calls a method of the other side. @throws what it throws, and when the pipe closes first */
  call<Name extends keyof Theirs & string>(
    name: Name,
    argument: Parameters<Theirs[Name]>[0],
  ): Promise<ReturnType<Theirs[Name]>> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      // Both sides are built from the same source, so what comes back is what the method's type says.
      this.waiting.set(id, { resolve: (value) => resolve(value as ReturnType<Theirs[Name]>), reject });
      this.pipe.send({ call: name, id, argument });
    });
  }

  /** Fails all calls that wait for an answer. */
  close(reason: string): void {
    for (const { reject } of this.waiting.values()) reject(new Error(reason));
    this.waiting.clear();
  }

  private receive(received: Message): void {
    if ('call' in received) {
      void this.serve(received);
      return;
    }
    const caller = this.waiting.get(received.id);
    this.waiting.delete(received.id);
    if ('error' in received) {
      const { message: text, code } = received.error;
      caller?.reject(Object.assign(new Error(text), code === undefined ? {} : { code }));
    } else caller?.resolve(received.result);
  }

  private async serve({ call, id, argument }: { call: string; id: number; argument: unknown }): Promise<void> {
    try {
      const method = this.ours[call];
      if (method === undefined) throw new Error(`no method ${call}`);
      this.pipe.send({ id, result: await method(argument as never) });
    } catch (error) {
      const { message: text, code } = error as NodeJS.ErrnoException;
      this.pipe.send({ id, error: { message: text, ...(code === undefined ? {} : { code }) } });
    }
  }
}
