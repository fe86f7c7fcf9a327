import { setTimeout as sleep } from 'node:timers/promises';
import type { Values } from '../protocol/value';
import { AwsError } from '../resources/aws-error';
import type { AddressBook } from './address-book';
import type { FaultKind, Operation } from './fault';
import type { FaultCounter } from './fault-counter';
import { typicalSeconds } from './pace';

/** A call of the provider's, before it is made. */
export interface PendingCall {
  readonly type: string;
  readonly operation: Operation;
  /** What is planned, or what is there. */
  readonly values: Values;
  /** Fires when nobody waits for the answer any more. */
  readonly gone: AbortSignal;
}

/** What stands between the provider and AWS. */
export interface Interference {
  /**
   * Makes a call, after as long as AWS would take. `late` says that it was made, but waiting for its result fails.
   * @throws {AwsError} when the call fails before anything is done
   */
  run<T extends { readonly state: Values | null }>(
    call: PendingCall,
    make: () => Promise<T> | T,
  ): Promise<{ readonly result: T; readonly late?: AwsError }>;
}

/** What interference needs of the world. */
export interface InterferenceOptions {
  readonly faults: FaultCounter;
  readonly addresses: AddressBook;
  /** 0: AWS answers at once; 1: it takes as long as in reality. */
  readonly pace: number;
  /** Ends the provider, as a crash would. */
  readonly crash: () => void;
  /** Ends Terraform with SIGKILL. */
  readonly killTerraform: () => void;
}

/** The SDK waits longer each time. */
const RETRIES = [1, 2, 4];
/** Terraform reads an answer and writes its state within this time. */
const SETTLING_MS = 1_000;

/** Lets calls take their time, and lets those fail that shall fail. */
export function interfere({ faults, addresses, pace, crash, killTerraform }: InterferenceOptions): Interference {
  let expired = false;
  let ending = false;
  let underWay = 0;
  const seconds = (time: number): Promise<void> =>
    time * pace > 0 ? sleep(time * pace * 1000, undefined, { ref: false }) : Promise.resolve();

  /** Ends a process in a moment when every answer has arrived, so that the state says what there is; nothing new begins. */
  const endOnce = async (end: () => void, gone: AbortSignal): Promise<never> => {
    ending = true;
    while (underWay > 0) await sleep(SETTLING_MS / 100);
    await sleep(SETTLING_MS);
    end();
    return never(gone);
  };

  const before = async (call: PendingCall, kinds: ReadonlySet<FaultKind>): Promise<void> => {
    if (ending) await never(call.gone);
    if (kinds.has('expire')) expired = true;
    if (expired) throw new AwsError('ExpiredToken', 'The security token included in the request is expired', 403);
    if (kinds.has('crash')) await endOnce(crash, call.gone);
    if (kinds.has('kill')) await endOnce(killTerraform, call.gone);
    if (kinds.has('hang')) await never(call.gone);
    if (kinds.has('throttle')) for (const wait of RETRIES) await seconds(wait);
    await seconds(typicalSeconds(call.type, call.operation));
    if (kinds.has('fail')) throw new AwsError('InternalFailure', FAILURE, 500);
  };

  return {
    run: async (call, make) => {
      const candidates = addresses.addressesOf(call.type, call.values);
      const kinds = new Set(faults.hits({ type: call.type, operation: call.operation, addresses: candidates }));
      await before(call, kinds);
      underWay += 1;
      try {
        const result = await make();
        addresses.remember(candidates, result.state ?? call.values);
        return { result, ...(kinds.has('late') ? { late: new AwsError('Timeout', LATE) } : {}) };
      } finally {
        underWay -= 1;
      }
    },
  };
}

const FAILURE = 'The request processing has failed because of an unknown error, exception or failure.';
const LATE = "timeout while waiting for state to become 'available' (last state: 'pending')";

function never(gone: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(new AwsError('RequestCanceled', 'request context canceled'));
    if (gone.aborted) stop();
    else gone.addEventListener('abort', stop, { once: true });
  });
}
