import type { KnownValues } from '../protocol/value';
import type { Schema } from '../schemas/schema';
import type { Attributes } from '../protocol/attributes';
import type { World } from './world';

/** How one type of ephemeral resource opens: its values reach neither plan nor state. */
export interface EphemeralResource {
  readonly type: string;
  readonly label: string;
  /** cdktf has no bindings for ephemeral resources, so each brings its schema. */
  readonly schema: Schema;
  /** @throws {AwsError} */
  readonly open: (config: Attributes, world: World) => KnownValues | Promise<KnownValues>;
}
