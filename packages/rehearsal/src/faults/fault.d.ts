/** What the provider does to AWS; a refresh reads. */
export declare const operations: readonly ['create', 'read', 'update', 'delete'];
export type Operation = (typeof operations)[number];
/** What can go wrong, and what it looks like. */
export declare const faultKinds: {
  readonly fail: 'AWS answers with an error, and nothing was done';
  readonly late: 'it was done, but waiting for it fails: Terraform marks a new resource as tainted';
  readonly throttle: 'AWS answers "rate exceeded" a few times before it does it';
  readonly hang: 'AWS does not answer, until Terraform is interrupted';
  readonly expire: 'from here on, every call is refused: the credentials have expired';
  readonly crash: 'the provider dies before it does it';
  readonly kill: 'Terraform is killed (SIGKILL) before it is done';
};
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
/** Reads `--fault` values: `<address or type>:<operation>:<kind>[@n]`. @throws {InputError} with all that is wrong */
export declare function parseFaults(specs: readonly string[]): Fault[];
