import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { namePrefix, protectionsOf } from '@loadlab/foundation';
import { EphemeralResource, LabStack } from '@loadlab/foundation/stack';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

/** Settings of a key. */
export interface GeneratedKeyProps {
  /** `master-key`: part of the secret's name. */
  readonly name: string;
  /** For the person who finds it in the console. */
  readonly description: string;
}

/** Written once. One more would make another key, and Terraform knows neither: both arguments are write-only. */
const ONLY_VERSION = 1;

/**
 * A key that LiteLLM is given, made once and kept in Secrets Manager. It stands in no plan and no state: the random part
 * is ephemeral, the secret takes it through a write-only argument. Whoever wants another puts it into the secret and
 * deploys the service anew.
 */
export class GeneratedKey extends Construct {
  readonly secretArn: string;
  /** A task that starts before the secret has a value fails: ARNs alone would not make it wait. */
  readonly written: ITerraformDependable;

  constructor(scope: Construct, id: string, props: GeneratedKeyProps) {
    super(scope, id);
    const { environment } = LabStack.of(this);
    const random = new EphemeralResource(this, 'random', 'aws_secretsmanager_random_password', {
      password_length: 48,
      // It is typed into shells and headers.
      exclude_punctuation: true,
    });
    const secret = new SecretsmanagerSecret(this, 'secret', {
      // A prefix: a deleted secret keeps its name for as long as it can be had back.
      namePrefix: `${namePrefix(environment)}/${props.name}-`,
      description: props.description,
      recoveryWindowInDays: protectionsOf(environment).secretRecoveryDays,
      ...(environment.kmsKeyArn === undefined ? {} : { kmsKeyId: environment.kmsKeyArn }),
    });
    this.written = new SecretsmanagerSecretVersion(this, 'value', {
      secretId: secret.id,
      // LiteLLM takes only keys that begin like this.
      secretStringWo: `sk-${random.expression('random_password')}`,
      secretStringWoVersion: ONLY_VERSION,
    });
    this.secretArn = secret.arn;
  }
}
