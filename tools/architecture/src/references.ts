import type { Resource, SynthesizedStack } from './read-stacks';

/** Which resources texts refer to, followed through the outputs of other stacks. */
export class References {
  readonly #byKey = new Map<string, Resource>();
  readonly #stacks: ReadonlyMap<string, SynthesizedStack>;

  constructor(stacks: readonly SynthesizedStack[]) {
    this.#stacks = new Map(stacks.map((stack) => [stack.name, stack]));
    for (const { resources } of stacks) for (const resource of resources) this.#byKey.set(resource.key, resource);
  }

  /** Every resource that a value of a stack refers to, directly or by what another stack publishes. */
  of(stack: string, value: unknown): Resource[] {
    const found = textsIn(value).flatMap((text) => [...this.#inText(stack, text), ...this.#throughOutputs(text)]);
    return [...new Set(found)];
  }

  /** A value as it is known at synthesis, also when another stack publishes it. */
  literal(value: unknown): unknown {
    const published = typeof value === 'string' ? /terraform_remote_state\.([\w-]+)\.outputs\.(\w+)/.exec(value) : null;
    return published === null ? value : this.#stacks.get(published[1] ?? '')?.outputs[published[2] ?? ''];
  }

  #inText(stack: string, text: string): Resource[] {
    return [...text.matchAll(/(?<![\w.])(aws_\w+)\.([\w-]+)/g)].flatMap(([, type = '', name = '']) => {
      const resource = this.#byKey.get(`${stack}/${type}.${name}`);
      return resource === undefined ? [] : [resource];
    });
  }

  #throughOutputs(text: string): Resource[] {
    return [...text.matchAll(/terraform_remote_state\.([\w-]+)\.outputs\.(\w+)/g)].flatMap(
      ([, producer = '', output = '']) => this.of(producer, this.#stacks.get(producer)?.outputs[output]),
    );
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
