import type { AccountView } from '../../account/account-view';
import type { KnownValues } from '../../protocol/value';
import type { Corrections } from '../../schemas/corrections';
import type { Attributes } from '../../protocol/attributes';

/** How one type of data source answers. */
export interface DataSource {
  readonly type: string;
  /** What the provider calls it in messages: `EC2 VPC`. */
  readonly label: string;
  readonly corrections?: Corrections;
  /**
   * What AWS answers; unset computed attributes get the empty value of their type.
   * @throws {AwsError} when nothing, or more than one thing, fits
   */
  readonly read: (request: DataRequest) => KnownValues;
}

export interface DataRequest {
  readonly config: Attributes;
  readonly account: AccountView;
  readonly region: string;
}
