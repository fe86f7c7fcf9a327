import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { protectionsOf, type EnvironmentFile } from '@loadlab/foundation';
import { LabStack } from '@loadlab/foundation/stack';
import { DataResource } from 'cdktf';
import { Construct } from 'constructs';
import type { EnhancedMonitoring } from './enhanced-monitoring';
import type { ExportedLogs } from './exported-logs';
import { serverIdentifier } from './identifier';
import type { Parameters } from './parameters';
import type { Password } from './password';
import type { Placement } from './placement';

/** What a server is made of. */
export interface PostgresServerProps {
  readonly spec: Extract<EnvironmentFile['database'], { engineVersion: string }>;
  readonly placement: Placement;
  readonly password: Password;
  readonly parameters: Parameters;
  readonly logs: ExportedLogs;
  readonly monitoring: EnhancedMonitoring;
}

/** PostgreSQL in RDS. */
export class PostgresServer extends Construct {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;

  constructor(scope: Construct, id: string, props: PostgresServerProps) {
    super(scope, id);
    const { environment } = LabStack.of(this);
    const { spec, placement, password, parameters, logs, monitoring } = props;
    const identifier = serverIdentifier(this);
    const protections = protectionsOf(environment);
    const ownKey = environment.kmsKeyArn;

    const server = new DbInstance(this, 'Resource', {
      identifier,
      engine: 'postgres',
      // The major version only: RDS moves the minor one, and a fixed one would be drift from then on.
      engineVersion: spec.engineVersion,
      autoMinorVersionUpgrade: true,
      // Whoever writes another major version into the environment means it; RDS takes a snapshot first.
      allowMajorVersionUpgrade: true,
      // Past its community's support RDS charges by the vCPU and hour: better a failing plan.
      engineLifecycleSupport: 'open-source-rds-extended-support-disabled',
      instanceClass: spec.instanceClass,

      storageType: 'gp3',
      allocatedStorage: spec.storageGb,
      // Every request leaves a row of spend: a full disk would stop the gateway in the middle of a run.
      maxAllocatedStorage: Math.min(4 * spec.storageGb, 65536),
      storageEncrypted: true,
      ...(ownKey === undefined ? {} : { kmsKeyId: ownKey }),

      dbName: 'litellm',
      username: 'litellm',
      passwordWo: password.expression,
      passwordWoVersion: password.version,
      // People look into it under their own names; LiteLLM's password is nobody's.
      iamDatabaseAuthenticationEnabled: true,
      port: 5432,
      publiclyAccessible: false,
      dbSubnetGroupName: placement.subnetGroupName,
      vpcSecurityGroupIds: [placement.securityGroupId],
      parameterGroupName: parameters.groupName,
      multiAz: spec.multiAz,

      backupRetentionPeriod: protections.backupDays,
      backupWindow: '02:00-03:00',
      maintenanceWindow: 'sun:03:30-sun:04:30',
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: !protections.finalSnapshot,
      deletionProtection: protections.deletionProtection,
      skipFinalSnapshot: !protections.finalSnapshot,
      ...(protections.finalSnapshot ? { finalSnapshotIdentifier: `${identifier}-${this.#incarnation()}` } : {}),
      // A change that waits for Sunday is not what the next run measures; in production it waits.
      applyImmediately: environment.profile === 'benchmark',

      databaseInsightsMode: 'standard',
      performanceInsightsEnabled: true,
      performanceInsightsRetentionPeriod: 7,
      ...(ownKey === undefined ? {} : { performanceInsightsKmsKeyId: ownKey }),
      monitoringInterval: monitoring.intervalSeconds,
      monitoringRoleArn: monitoring.roleArn,
      enabledCloudwatchLogsExports: [...logs.types],

      timeouts: { create: '60m', update: '80m', delete: '60m' },
      dependsOn: [...logs.groups, monitoring.grant],
    });
    this.host = server.address;
    this.port = server.port;
    this.database = server.dbName;
    this.username = server.username;
  }

  /** Another text each time the stack is made anew: a second destroy must not want the name of the first one's snapshot. */
  #incarnation(): string {
    return new DataResource(this, 'incarnation').id;
  }
}
