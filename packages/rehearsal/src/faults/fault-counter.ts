import type { Fault, FaultKind, Operation } from './fault';

/** One call of the provider's to AWS. */
export interface FaultableCall {
  readonly type: string;
  readonly operation: Operation;
  /** Addresses that the call may be about; usually one, and none when the configuration does not tell. */
  readonly addresses: readonly string[];
}

/** Decides which faults hit which calls: counts the calls that each fault is about. */
export class FaultCounter {
  private readonly seen: number[];

  constructor(private readonly faults: readonly Fault[]) {
    this.seen = faults.map(() => 0);
  }

  /** The kinds of faults that hit this call, which is counted. */
  hits(call: FaultableCall): FaultKind[] {
    return this.faults.flatMap((fault, index) => {
      if (fault.operation !== call.operation || !isAbout(fault, call)) return [];
      const count = (this.seen[index] ?? 0) + 1;
      this.seen[index] = count;
      return fault.occurrence === undefined || fault.occurrence === count ? [fault.kind] : [];
    });
  }
}

function isAbout({ target }: Fault, { type, addresses }: FaultableCall): boolean {
  // Of `aws_subnet.private[1]` the configuration shows `aws_subnet.private` only.
  return target === '*' || target === type || addresses.includes(target.replace(/\[[^\]]*\]$/, ''));
}
