import type { PlanJson } from '../plan/plan-json';
import { referencesIn } from './dependents';

/** A stack, and which outputs of which other stacks it reads. */
export interface OutputReader {
  readonly stack: string;
  readonly reads: readonly { readonly producer: string; readonly output: string }[];
}

/** `data.terraform_remote_state.network.outputs.vpcId`, as Terraform writes it and as a synthesized stack does. */
const READ = /\bdata\.terraform_remote_state\.([\w-]+)\.outputs(?:\.([\w-]+)|\["([^"\\]+)"\])/g;

/** What a stack reads, by its plan's configuration. */
export function readerOf(stack: string, plan: PlanJson): OutputReader {
  return readsIn(stack, referencesOf(plan).join('\n'));
}

/** What a stack reads, by any text of its configuration: a synthesized stack, for instance. */
export function readsIn(stack: string, text: string): OutputReader {
  const reads = new Map<string, { producer: string; output: string }>();
  for (const [, producer = '', plain, quoted] of text.matchAll(READ)) {
    const output = plain ?? quoted ?? '';
    reads.set(`${producer} ${output}`, { producer, output });
  }
  return { stack, reads: [...reads.values()] };
}

/** Stacks that read an output, sorted. */
export function consumersOf(producer: string, output: string, readers: readonly OutputReader[]): string[] {
  const found = readers.filter(
    ({ stack, reads }) =>
      stack !== producer && reads.some((read) => read.output === output && means(read.producer, stack, producer)),
  );
  return [...new Set(found.map(({ stack }) => stack))].sort();
}

/**
 * Whether a data source of a reader means a producer. A data source is named after its producer; where stacks are named
 * `<stack>-<environment>`, it leaves the environment out, which is the reader's own.
 */
function means(named: string, reader: string, producer: string): boolean {
  if (named === producer) return true;
  const suffix = producer.startsWith(`${named}-`) ? producer.slice(named.length) : undefined;
  return suffix !== undefined && reader.endsWith(suffix);
}

function referencesOf({ configuration }: PlanJson): string[] {
  return referencesIn(configuration);
}
