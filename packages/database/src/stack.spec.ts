import {
  synthesize,
  testEnvironment,
  widelyGranted,
  type EnvironmentInput,
  type SynthesizedStack,
} from '@loadlab/foundation/testing';
import { DatabaseStack } from './stack';

const KEY = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const PRODUCTION = {
  proxy: { image: `ghcr.io/berriai/litellm:v1.108.7@sha256:${'0'.repeat(64)}` },
  profile: 'production',
} as const;
const EXISTING = {
  host: 'db.example.internal',
  port: 6432,
  name: 'litellm',
  username: 'gateway',
  passwordSecretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf',
  securityGroupId: 'sg-0123456789abcdef0',
  maxConnections: 500,
};

function database(sections: Partial<EnvironmentInput> = {}): SynthesizedStack {
  const { 'database-test': stack } = synthesize((app) => new DatabaseStack(app, testEnvironment(sections)));
  if (stack === undefined) throw new Error('no database');
  return stack;
}

const minimal = database();
const maximal = database({
  ...PRODUCTION,
  accountId: '123456789012',
  permissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/boundary',
  kmsKeyArn: KEY,
  database: { engineVersion: '17', instanceClass: 'db.r7g.xlarge', storageGb: 500, multiAz: true, passwordVersion: 3 },
});
const existing = database({ database: { existing: EXISTING } });

describe('the database, synthesized', () => {
  it.each([
    ['at its smallest', minimal],
    ['at its largest', maximal],
    ['somebody else’s', existing],
  ])('%s', (_what, stack) => {
    expect(stack.snapshot).toMatchSnapshot();
  });

  it('keeps the addresses of what holds data', () => {
    const stateful =
      /^(?:aws_(?:db_instance|secretsmanager_secret|secretsmanager_secret_version|cloudwatch_log_group|security_group|db_subnet_group)|terraform_data)\./;
    expect(maximal.addresses.filter((address) => stateful.test(address))).toEqual([
      'aws_cloudwatch_log_group.logs_postgresql',
      'aws_cloudwatch_log_group.logs_upgrade',
      'aws_db_instance.postgres',
      'aws_db_subnet_group.placement_subnets',
      'aws_secretsmanager_secret.password_secret',
      'aws_secretsmanager_secret_version.password_value',
      'aws_security_group.placement_group',
      'terraform_data.postgres_incarnation',
    ]);
  });

  it('is not there when nobody wants one', () => {
    const environment = testEnvironment({ database: 'none' });
    expect(DatabaseStack.isWanted(environment)).toBe(false);
    expect(() => synthesize((app) => new DatabaseStack(app, environment))).toThrow('wants no database');
  });
});

describe('the password', () => {
  const ephemeral = 'ephemeral.aws_secretsmanager_secret_version.password_read.secret_string';

  it('goes by write-only arguments and ephemeral values from the generator to the secret to the server', () => {
    expect(minimal.json.ephemeral).toEqual({
      aws_secretsmanager_random_password: { password_random: { password_length: 40, exclude_punctuation: true } },
      aws_secretsmanager_secret_version: {
        password_read: {
          secret_id: '${aws_secretsmanager_secret_version.password_value.secret_id}',
          version_id: '${aws_secretsmanager_secret_version.password_value.version_id}',
        },
      },
    });
    expect(minimal.resource('aws_secretsmanager_secret_version')).toMatchObject({
      secret_string_wo: '${ephemeral.aws_secretsmanager_random_password.password_random.random_password}',
      secret_string_wo_version: 1,
    });
    expect(minimal.resource('aws_db_instance')).toMatchObject({
      password_wo: `\${${ephemeral}}`,
      password_wo_version: 1,
    });
  });

  it('is in no argument that a state keeps', () => {
    for (const stack of [minimal, maximal]) {
      const server = stack.resource('aws_db_instance');
      expect(server).not.toHaveProperty('password');
      expect(server).not.toHaveProperty('manage_master_user_password');
      expect(stack.resource('aws_secretsmanager_secret_version')).not.toHaveProperty('secret_string');
      expect(JSON.stringify(stack.outputs)).not.toContain('ephemeral');
    }
  });

  it('is made anew, in both places, by one more version', () => {
    expect(maximal.resource('aws_secretsmanager_secret_version').secret_string_wo_version).toBe(3);
    expect(maximal.resource('aws_db_instance').password_wo_version).toBe(3);
  });

  it('can be had back in production, and leaves its name free in a benchmark', () => {
    expect(minimal.resource('aws_secretsmanager_secret').recovery_window_in_days).toBe(0);
    expect(maximal.resource('aws_secretsmanager_secret')).toMatchObject({
      recovery_window_in_days: 30,
      name_prefix: 'loadlab-test/database-password-',
    });
  });
});

describe('the server', () => {
  it('is the PostgreSQL of the environment, by its major version', () => {
    expect(minimal.resource('aws_db_instance')).toMatchObject({
      engine: 'postgres',
      engine_version: '16',
      instance_class: 'db.m7g.large',
      allocated_storage: 50,
      max_allocated_storage: 200,
      storage_type: 'gp3',
      multi_az: false,
      auto_minor_version_upgrade: true,
      allow_major_version_upgrade: true,
      engine_lifecycle_support: 'open-source-rds-extended-support-disabled',
    });
    expect(maximal.resource('aws_db_instance')).toMatchObject({ engine_version: '17', multi_az: true });
  });

  it('grows no disk beyond what RDS has', () => {
    const server = database({ database: { storageGb: 30_000 } }).resource('aws_db_instance');
    expect(server.max_allocated_storage).toBe(65_536);
  });

  it('is encrypted, by the customer’s key if there is one', () => {
    expect(minimal.resource('aws_db_instance').storage_encrypted).toBe(true);
    expect(maximal.resource('aws_db_instance')).toMatchObject({
      storage_encrypted: true,
      kms_key_id: KEY,
      performance_insights_kms_key_id: KEY,
    });
    expect(maximal.resource('aws_secretsmanager_secret').kms_key_id).toBe(KEY);
  });

  it('stands in the data subnets, behind a group without rules, and is not public', () => {
    expect(minimal.resource('aws_db_subnet_group').subnet_ids).toBe(
      '${data.terraform_remote_state.network.outputs.dataSubnetIds}',
    );
    expect(minimal.resource('aws_db_instance').publicly_accessible).toBe(false);
    expect(minimal.addresses.filter((address) => address.includes('_rule.'))).toEqual([]);
    expect(minimal.resource('aws_security_group')).not.toHaveProperty('egress');
  });

  it('takes TLS only, logs what is slow, and allows the connections that are promised', () => {
    const { family, parameter } = maximal.resource('aws_db_parameter_group');
    expect(family).toBe('postgres17');
    expect(parameter).toEqual([
      { name: 'rds.force_ssl', value: '1', apply_method: 'immediate' },
      { name: 'log_min_duration_statement', value: '1000', apply_method: 'immediate' },
      { name: 'log_statement', value: 'ddl', apply_method: 'immediate' },
      { name: 'max_connections', value: '3604', apply_method: 'pending-reboot' },
    ]);
    expect(maximal.outputs.maxConnections).toBe(3604);
  });

  it('keeps its old parameter group until it has the new one', () => {
    expect(minimal.resource('aws_db_parameter_group')).toMatchObject({
      name_prefix: 'loadlab-test-postgres16-',
      lifecycle: { create_before_destroy: true },
    });
  });

  it('is watched: insights, its host’s measurements, its logs in groups that forget', () => {
    expect(minimal.resource('aws_db_instance')).toMatchObject({
      database_insights_mode: 'standard',
      performance_insights_enabled: true,
      performance_insights_retention_period: 7,
      monitoring_interval: 60,
      enabled_cloudwatch_logs_exports: ['postgresql', 'upgrade'],
      depends_on: expect.arrayContaining([
        'aws_cloudwatch_log_group.logs_postgresql',
        'aws_iam_role_policy_attachment.monitoring_grant',
      ]) as string[],
    });
    const groups = Object.values(minimal.resources('aws_cloudwatch_log_group'));
    expect(groups.map(({ name, retention_in_days: days }) => [name, days])).toEqual([
      ['/aws/rds/instance/loadlab-test-database/postgresql', 30],
      ['/aws/rds/instance/loadlab-test-database/upgrade', 30],
    ]);
  });

  it('is measured by a role that RDS may use for this server alone', () => {
    const [statement] = (
      JSON.parse(String(maximal.resource('aws_iam_role').assume_role_policy)) as { Statement: unknown[] }
    ).Statement;
    expect(statement).toEqual({
      Effect: 'Allow',
      Principal: { Service: 'monitoring.rds.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'aws:SourceAccount': '123456789012' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:rds:us-east-1:123456789012:db:loadlab-test-database' },
      },
    });
  });
});

describe('the rights', () => {
  it('are wide for nobody', () => {
    expect(widelyGranted(maximal)).toEqual([]);
  });
});

describe('the protections', () => {
  it('let a benchmark go at once, with a week of backups while it is there', () => {
    const server = minimal.resource('aws_db_instance');
    expect(server).toMatchObject({
      deletion_protection: false,
      skip_final_snapshot: true,
      backup_retention_period: 7,
      delete_automated_backups: true,
      apply_immediately: true,
    });
    expect(server).not.toHaveProperty('final_snapshot_identifier');
  });

  it('hold production back, and have it leave a snapshot with a name of its own each time', () => {
    expect(maximal.resource('aws_db_instance')).toMatchObject({
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: 'loadlab-test-database-${terraform_data.postgres_incarnation.id}',
      backup_retention_period: 14,
      delete_automated_backups: false,
      apply_immediately: false,
    });
  });

  it('give production a standby, unless it is told otherwise', () => {
    expect(database(PRODUCTION).resource('aws_db_instance').multi_az).toBe(true);
    expect(database({ ...PRODUCTION, database: { multiAz: false } }).resource('aws_db_instance').multi_az).toBe(false);
  });
});

describe('somebody else’s database', () => {
  it('is published as it is, and not touched', () => {
    expect(existing.addresses).toEqual([]);
    expect(existing.outputs).toEqual(EXISTING);
    expect(existing.dataSources('terraform_remote_state')).toEqual({});
  });
});
