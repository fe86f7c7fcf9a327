import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { GatewayKeys as KeySecrets } from './container/litellm-container';
import { GeneratedKey } from './generated-key';

/** The two keys that LiteLLM cannot be without. */
export class GatewayKeys extends Construct implements KeySecrets {
  readonly masterKeySecretArn: string;
  readonly saltKeySecretArn: string;
  /** Tasks wait for these. */
  readonly written: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Without one, or with a well-known one, LiteLLM refuses to start.
    const master = new GeneratedKey(this, 'master', {
      name: 'master-key',
      description: 'Master key of the gateway: opens everything',
    });
    // Apart from the master key, which would be used in its place: that one can then be changed.
    const salt = new GeneratedKey(this, 'salt', {
      name: 'salt-key',
      description: 'Encrypts credentials in the gateway’s database: never change it, they would be lost',
    });
    this.masterKeySecretArn = master.secretArn;
    this.saltKeySecretArn = salt.secretArn;
    this.written = [master.written, salt.written];
  }
}
