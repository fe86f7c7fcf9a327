import { setTimeout as sleep } from 'node:timers/promises';
import type { Values } from '../protocol/value';
import { AwsError } from '../resources/aws-error';
import type { AddressBook } from './address-book';
import type { FaultKind, Operation } from './fault';
import type { FaultCounter } from './fault-counter';
import { delaySeconds } from './pace';

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
  /** Waits as long as AWS would. @throws {AwsError} when the call fails before anything is done */
  before(call: PendingCall): Promise<Aftermath>;
}

/** What comes of a call that was made. */
export interface Aftermath {
  /** @throws {AwsError} when waiting for the result fails, though it is there */
  after(result: Values | null): void;
}

/** What interference needs of the world. */
export interface InterferenceOptions {
  readonly faults: FaultCounter;
  readonly addresses: AddressBook;
  /** 0: AWS answers at once; 1: it takes as long as in reality. */
  readonly pace: number;
  /** Ends the provider, as a crash would. */
  readonly crash: () => never;
  /** Ends Terraform with SIGKILL. */
  readonly killTerraform: () => void;
}

/** The SDK waits longer each time. */
const RETRIES = [1, 2, 4];

/** Lets calls take their time, and lets those fail that shall fail. */
export function interfere(options: InterferenceOptions): Interference {
  const { faults, addresses, pace } = options;
  let expired = false;
  return {
    before: async ({ type, operation, values, gone }) => {
      const candidates = addresses.addressesOf(type, values);
      const kinds = new Set<FaultKind>(faults.hits({ type, operation, addresses: candidates }));
      if (kinds.has('expire')) expired = true;
      if (expired) throw new AwsError('ExpiredToken', 'The security token included in the request is expired', 403);
      if (kinds.has('crash')) options.crash();
      if (kinds.has('kill')) {
        options.killTerraform();
        await never(gone);
      }
      if (kinds.has('hang')) await never(gone);
      if (kinds.has('throttle'))
        // At pace 0 the retries take no time, but they happen.
        for (const seconds of RETRIES) await sleep(seconds * pace * 1000, undefined, { ref: false });
      if (pace > 0) await sleep(delaySeconds(type, operation, pace) * 1000, undefined, { ref: false });
      if (kinds.has('fail'))
        throw new AwsError(
          'InternalFailure',
          'The request processing has failed because of an unknown error, exception or failure.',
          500,
        );
      return {
        after: (result) => {
          addresses.remember(candidates, result ?? values);
          if (kinds.has('late'))
            throw new AwsError(
              'Timeout',
              "timeout while waiting for state to become 'available' (last state: 'pending')",
            );
        },
      };
    },
  };
}

function never(gone: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(new AwsError('RequestCanceled', 'request context canceled'));
    if (gone.aborted) stop();
    else gone.addEventListener('abort', stop, { once: true });
  });
}
