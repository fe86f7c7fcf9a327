import { FargateTask, TaskRun, type Cluster, type Network } from '@loadlab/fargate';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { GatewayDatabase } from './container/database-variables';
import { migrationContainer } from './container/migration-container';

/** Settings of a migration. */
export interface DatabaseMigrationProps {
  readonly network: Network;
  readonly cluster: Cluster;
  /** The image of LiteLLM whose schema is wanted. */
  readonly image: string;
  readonly database: GatewayDatabase & { readonly securityGroupId: string };
}

/** LiteLLM's own advice: the database engine's peak is well above 1 GB, on one core. */
const CPU = 0.5;
const MEMORY_GB = 4;

/** One task that migrates the database, once for each image, before any task of the service starts with it. */
export class DatabaseMigration extends Construct {
  /** Whoever depends on it comes after the schema is up to date. */
  readonly done: ITerraformDependable;

  constructor(scope: Construct, id: string, props: DatabaseMigrationProps) {
    super(scope, id);
    const { network, cluster, image, database } = props;
    const task = new FargateTask(this, 'task', {
      network,
      name: 'migration',
      containers: [migrationContainer({ image, database })],
      cpu: CPU,
      memoryGb: MEMORY_GB,
    });
    task.securityGroup.allowTo('database', database, { port: database.port, why: 'Migrates LiteLLM’s schema' });
    this.done = new TaskRun(this, 'run', { network, cluster, task }).done;
  }
}
