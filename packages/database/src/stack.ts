import { databaseConnections, type Environment } from '@loadlab/foundation';
import { consume, LabStack, publish } from '@loadlab/foundation/stack';
import { networkContract } from '@loadlab/network/contract';
import type { Construct } from 'constructs';
import { databaseContract } from './contract';
import { EnhancedMonitoring } from './enhanced-monitoring';
import { ExportedLogs } from './exported-logs';
import { Parameters } from './parameters';
import { Password } from './password';
import { Placement } from './placement';
import { PostgresServer } from './postgres-server';

/** LiteLLM's PostgreSQL: made here, or somebody else's. Where the environment says `none`, there is no such stack. */
export class DatabaseStack extends LabStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, 'database', environment);
    const spec = environment.database;
    if (spec === 'none') throw new Error(`${environment.name} wants no database: ask DatabaseStack.isWanted first`);
    if ('existing' in spec) {
      publish(this, databaseContract, {
        host: spec.existing.host,
        port: spec.existing.port,
        name: spec.existing.name,
        username: spec.existing.username,
        passwordSecretArn: spec.existing.passwordSecretArn,
        securityGroupId: spec.existing.securityGroupId,
        maxConnections: spec.existing.maxConnections,
      });
      return;
    }

    const maxConnections = databaseConnections(environment);
    const placement = new Placement(this, 'placement', { network: consume(this, networkContract) });
    const password = new Password(this, 'password', { version: spec.passwordVersion });
    const parameters = new Parameters(this, 'parameters', { engineVersion: spec.engineVersion, maxConnections });
    const server = new PostgresServer(this, 'postgres', {
      spec,
      placement,
      password,
      parameters,
      logs: new ExportedLogs(this, 'logs'),
      monitoring: new EnhancedMonitoring(this, 'monitoring'),
    });

    publish(this, databaseContract, {
      host: server.host,
      port: server.port,
      name: server.database,
      username: server.username,
      passwordSecretArn: password.secretArn,
      securityGroupId: placement.securityGroupId,
      maxConnections,
    });
  }

  /** False where the environment says `database: none`. */
  static isWanted({ database }: Environment): boolean {
    return database !== 'none';
  }
}
