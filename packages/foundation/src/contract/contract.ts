import { z } from 'zod';
import { InputError } from '../problems/problem';

/** What may stand in a state for others to read: ids, names, addresses and limits. Never a secret. */
type OutputSchema = z.ZodType<string> | z.ZodType<number> | z.ZodType<string[]>;
/** The outputs of a stack, by name. */
export type OutputShape = Readonly<Record<string, OutputSchema>>;

/** What a stack lets others read from its state. Producer, consumers and the command line share this one value. */
export interface Contract<Shape extends OutputShape = OutputShape> {
  /** The stack's name without its environment: `network`. */
  readonly stack: string;
  readonly outputs: z.ZodObject<Shape>;
}

/** The outputs of a contract as they are read: `Outputs<typeof networkContract>`. */
export type Outputs<C extends Contract> = z.output<C['outputs']>;

/** Names a stack's outputs once, for its producer and all its consumers. */
export function defineContract<Shape extends OutputShape>(stack: string, outputs: z.ZodObject<Shape>): Contract<Shape> {
  return { stack, outputs };
}

const terraformOutputs = z.record(z.string(), z.object({ value: z.unknown() }));

/**
 * Reads what `terraform output -json` printed for a stack. Outputs that the contract does not name are left out.
 * @throws {InputError} when it is no such text, or an output is missing or of the wrong type
 */
export function readOutputs<C extends Contract>(contract: C, json: string): Outputs<C> {
  const file = `outputs of ${contract.stack}`;
  const parsed = terraformOutputs.safeParse(parseJson(json));
  if (!parsed.success) {
    throw new InputError([
      { file, path: '', message: 'not what `terraform output -json` prints', hint: 'is the stack deployed?' },
    ]);
  }
  const values = Object.fromEntries(Object.entries(parsed.data).map(([name, { value }]) => [name, value]));
  const result = contract.outputs.safeParse(values);
  if (result.success) return result.data as Outputs<C>;
  throw new InputError(
    result.error.issues.map((issue) => {
      const [name] = issue.path;
      const missing = name !== undefined && !(String(name) in values);
      return {
        file,
        path: issue.path.join('.'),
        message: missing ? 'is missing' : issue.message,
        hint: `deploy ${contract.stack} again: ${missing ? 'it is not deployed, or' : ''} its state is of another version`,
      };
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not an object of outputs either: the caller says so.
    return undefined;
  }
}
