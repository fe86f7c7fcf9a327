import { randomBytes, randomInt } from 'node:crypto';
import type { AccountDraft } from '../account/account-view';

/** Where a call happens and what it may change: the account, the region, the clock and chance. */
export class Scene {
  constructor(
    readonly account: AccountDraft,
    readonly region: string,
    readonly now: Date,
  ) {}

  /** An id as EC2 makes them: `vpc-0` and 16 more hexadecimal digits. */
  id(prefix: string, digits = 17): string {
    return `${prefix}-0${this.hex(digits - 1)}`;
  }

  /** Random hexadecimal digits. */
  hex(digits: number): string {
    return randomBytes(Math.ceil(digits / 2))
      .toString('hex')
      .slice(0, digits);
  }

  /** A name from a prefix as the provider makes it: 26 digits, the time first. */
  uniqueName(prefix: string): string {
    const time = this.now.toISOString().replace(/\D/g, '');
    return `${prefix}${time}${String(randomInt(1_000_000_000)).padStart(9, '0')}`;
  }

  /** `arn:aws:<service>:<region>:<account>:<resource>` */
  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${this.account.accountId}:${resource}`;
  }

  /** The ARN of something without a region. */
  globalArn(service: string, resource: string): string {
    return `arn:aws:${service}::${this.account.accountId}:${resource}`;
  }
}
