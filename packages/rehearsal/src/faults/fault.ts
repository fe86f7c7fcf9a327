import { InputError, type Problem } from '@loadlab/foundation';

/** What the provider does to AWS; a refresh reads. */
export const operations = ['create', 'read', 'update', 'delete'] as const;
export type Operation = (typeof operations)[number];

/** What can go wrong, and what it looks like. */
export const faultKinds = {
  fail: 'AWS answers with an error, and nothing was done',
  late: 'it was done, but waiting for it fails: Terraform marks a new resource as tainted',
  throttle: 'AWS answers "rate exceeded" a few times before it does it',
  hang: 'AWS does not answer, until Terraform is interrupted',
  expire: 'from here on, every call is refused: the credentials have expired',
  crash: 'the provider dies before it does it',
  kill: 'Terraform is killed (SIGKILL) before it is done',
} as const;
export type FaultKind = keyof typeof faultKinds;

/** One thing that shall go wrong. */
export interface Fault {
  /** A resource's address, its type, or `*`. */
  readonly target: string;
  readonly operation: Operation;
  readonly kind: FaultKind;
  /** Only the n-th such call, counted from 1. @default - every one */
  readonly occurrence?: number;
}

const SPEC = /^(?<target>.+?):(?<operation>[^:]*):(?<kind>[^:@]*)(?:@(?<occurrence>.*))?$/;
const EXAMPLE = 'aws_subnet:create:fail@2';

/** Reads `--fault` values: `<address or type>:<operation>:<kind>[@n]`. @throws {InputError} with all that is wrong */
export function parseFaults(specs: readonly string[]): Fault[] {
  const problems: Problem[] = [];
  const faults = specs.flatMap((spec): Fault[] => {
    const at = (message: string, hint: string): void =>
      void problems.push({ file: '--fault', path: spec, message, hint });
    const parts = SPEC.exec(spec)?.groups;
    if (parts === undefined) {
      at('does not have the form <address or type>:<operation>:<kind>[@n]', `for example ${EXAMPLE}`);
      return [];
    }
    const { target = '', operation = '', kind = '', occurrence } = parts;
    if (!isOperation(operation)) at(`"${operation}" is no operation`, operations.join(', '));
    if (!isFaultKind(kind)) at(`"${kind}" is no kind of fault`, Object.keys(faultKinds).join(', '));
    if (target !== '*' && !/^(module\..+\.)?aws_\w+/.test(target))
      at(`"${target}" is neither a type nor an address`, 'aws_subnet, aws_subnet.private-0, or * for everything');
    if (occurrence !== undefined && !/^[1-9]\d*$/.test(occurrence))
      at(`"${occurrence}" is no count`, 'a whole number from 1');
    if (!isOperation(operation) || !isFaultKind(kind)) return [];
    return [{ target, operation, kind, ...(occurrence === undefined ? {} : { occurrence: Number(occurrence) }) }];
  });
  if (problems.length > 0) throw new InputError(problems);
  return faults;
}

function isOperation(word: string): word is Operation {
  return operations.some((operation) => operation === word);
}

function isFaultKind(word: string): word is FaultKind {
  return Object.hasOwn(faultKinds, word);
}
