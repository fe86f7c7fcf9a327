import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { namePrefix, protectionsOf } from '@loadlab/foundation';
import { EphemeralResource, LabStack } from '@loadlab/foundation/stack';
import { Construct } from 'constructs';

/** Settings of a password. */
export interface PasswordProps {
  /** One more makes a new password. */
  readonly version: number;
}

/**
 * A password that is made once, lies in Secrets Manager, and stands in no plan and no state:
 * random (ephemeral) -> the secret (write-only) -> read back (ephemeral) -> whoever sets it (write-only).
 * It is read back because every run of Terraform makes another random one: after an apply that died between the two,
 * the next run would give the server a password that the secret does not hold.
 */
export class Password extends Construct {
  readonly secretArn: string;
  readonly version: number;
  /** An expression for the password; Terraform takes it only in write-only arguments. */
  readonly expression: string;

  constructor(scope: Construct, id: string, props: PasswordProps) {
    super(scope, id);
    const { environment } = LabStack.of(this);
    const random = new EphemeralResource(this, 'random', 'aws_secretsmanager_random_password', {
      password_length: 40,
      // It becomes a part of a URL, in which punctuation would mean something.
      exclude_punctuation: true,
    });
    const secret = new SecretsmanagerSecret(this, 'secret', {
      // A prefix: a deleted secret keeps its name for as long as it can be had back.
      namePrefix: `${namePrefix(environment)}/database-password-`,
      description: `Password of the database of ${namePrefix(environment)}`,
      recoveryWindowInDays: protectionsOf(environment).secretRecoveryDays,
      ...(environment.kmsKeyArn === undefined ? {} : { kmsKeyId: environment.kmsKeyArn }),
    });
    const kept = new SecretsmanagerSecretVersion(this, 'value', {
      secretId: secret.id,
      secretStringWo: random.expression('random_password'),
      secretStringWoVersion: props.version,
    });
    const readBack = new EphemeralResource(this, 'read', 'aws_secretsmanager_secret_version', {
      secret_id: kept.secretId,
      // Nobody knows it before the value was written, so Terraform reads after that, also in the run after one that died
      // between the secret and its value: by the secret's id alone it would read at once, fail, and never converge.
      version_id: kept.versionId,
    });
    this.secretArn = secret.arn;
    this.version = props.version;
    this.expression = readBack.expression('secret_string');
  }
}
