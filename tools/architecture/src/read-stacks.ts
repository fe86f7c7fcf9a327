import { readFileSync } from 'node:fs';
import path from 'node:path';
import { REVIEW_FACTS_OUTPUT } from '@loadlab/foundation';
import { z } from 'zod';

const attributes = z.record(z.string(), z.unknown());
const stackSchema = z.object({
  resource: z.record(z.string(), z.record(z.string(), attributes)).default({}),
  output: z.record(z.string(), z.object({ value: z.unknown() })).default({}),
  data: z.object({ terraform_remote_state: z.record(z.string(), z.unknown()).optional() }).default({}),
});
const manifestSchema = z.object({
  stacks: z.record(z.string(), z.object({ name: z.string(), synthesizedStackPath: z.string() })),
});

/** One resource of a synthesized stack. */
export interface Resource {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
  /** `network/aws_vpc.vpc`: unique over all stacks. */
  readonly key: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A synthesized stack: what it makes, what it lets others read, and whom it reads. */
export interface SynthesizedStack {
  /** Without the environment. */
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Producers by name, each with the outputs that are really used. */
  readonly reads: ReadonlyMap<string, readonly string[]>;
}

/** Reads all stacks of a synthesized app (`cdktf.out`) of one environment. */
export function readStacks(folder: string, environment: string): SynthesizedStack[] {
  const { stacks } = manifestSchema.parse(JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')));
  return Object.values(stacks).map(({ name, synthesizedStackPath }) => {
    const text = readFileSync(path.join(folder, synthesizedStackPath), 'utf8');
    return describeStack(name.replace(new RegExp(`-${environment}$`), ''), text);
  });
}

/** As `readStacks`, for the text of one `cdk.tf.json`. */
export function describeStack(name: string, text: string): SynthesizedStack {
  const stack = stackSchema.parse(JSON.parse(text));
  const resources = Object.entries(stack.resource).flatMap(([type, named]) =>
    Object.entries(named).map(([id, own]) => ({
      stack: name,
      type,
      name: id,
      key: `${name}/${type}.${id}`,
      attributes: own,
    })),
  );
  const reads = Object.keys(stack.data.terraform_remote_state ?? {}).map((producer): [string, string[]] => [
    producer,
    outputsRead(text, producer),
  ]);
  const outputs = Object.fromEntries(
    Object.entries(stack.output)
      // Said to reviewers, and read by no stack.
      .filter(([output]) => output !== REVIEW_FACTS_OUTPUT)
      .map(([output, { value }]) => [output, value]),
  );
  return { name, resources, outputs, reads: new Map(reads) };
}

function outputsRead(text: string, producer: string): string[] {
  const found = [...text.matchAll(new RegExp(`terraform_remote_state\\.${producer}\\.outputs\\.(\\w+)`, 'g'))].map(
    ([, output = '']) => output,
  );
  return [...new Set(found)].sort();
}
