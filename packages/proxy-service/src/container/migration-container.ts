import type { ContainerDefinition } from '@loadlab/foundation';
import { byName, databaseVariables, type GatewayDatabase } from './database-variables';
import { LOCAL_DATA_VARIABLES } from './local-data-variables';

/** Name of the container in its task. */
const MIGRATION_CONTAINER = 'migration';

/**
 * Brings the database's schema to what an image of LiteLLM expects, and ends. It does not read config.yaml, so that a
 * change of that migrates nothing. Pure.
 */
export function migrationContainer(options: {
  readonly image: string;
  readonly database: GatewayDatabase;
}): ContainerDefinition {
  const { image, database } = options;
  const variables = {
    ...databaseVariables(database),
    ...LOCAL_DATA_VARIABLES,
    LITELLM_LOG: 'INFO',
    LITELLM_MODE: 'PRODUCTION',
    // Beside its package, where it would write otherwise, the image's user may not.
    LITELLM_MIGRATION_DIR: '/tmp/litellm-migrations',
  };
  return {
    name: MIGRATION_CONTAINER,
    image,
    essential: true,
    // A word that starts with a dash reaches LiteLLM's own command line whatever the image's entry point is.
    command: ['--skip_server_startup'],
    environment: byName(variables).map(([name, value]) => ({ name, value })),
    secrets: [{ name: 'DATABASE_PASSWORD', valueFrom: database.passwordSecretArn }],
    mountPoints: [],
    portMappings: [],
    dependsOn: [],
    // A migration that was told to stop should end the statement that it is at.
    stopTimeout: 120,
    readonlyRootFilesystem: false,
    linuxParameters: { initProcessEnabled: true, capabilities: { drop: ['ALL'] } },
  };
}
