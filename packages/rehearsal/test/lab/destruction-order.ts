import type { TerraformState } from './scenery';

/** A moment in a destruction, in the order in which Terraform tells them. */
export interface DestructionEvent {
  readonly address: string;
  readonly kind: 'begins' | 'ends';
}

const LINE = /^(?<address>\S+): (?<what>Destroying\.\.\.|Destruction complete)/gm;

/** What Terraform printed while it destroyed. */
export function destructionOf(output: string): DestructionEvent[] {
  return [...output.matchAll(LINE)].map(({ groups }) => ({
    address: groups?.address ?? '',
    kind: groups?.what === 'Destruction complete' ? 'ends' : 'begins',
  }));
}

/** Where something began to go before all that depends on it were gone; and what of the state did not go at all. */
export function orderProblems(
  stack: string,
  state: TerraformState | undefined,
  events: readonly DestructionEvent[],
): string[] {
  const when = (address: string, kind: DestructionEvent['kind']): number =>
    events.findIndex((event) => event.address === address && event.kind === kind);
  const managed = (state?.resources ?? []).filter(({ mode }) => mode === 'managed');
  return managed.flatMap(({ type, name, instances }) => {
    const address = `${type}.${name}`;
    const end = when(address, 'ends');
    if (end < 0) return [`${stack} ${address} was not destroyed`];
    return instances
      .flatMap(({ dependencies }) => dependencies)
      .filter((dependency) => !/^(data|ephemeral)\./.test(dependency) && when(dependency, 'begins') < end)
      .map((dependency) => `${stack} ${dependency} began to go before ${address} was gone`);
  });
}
