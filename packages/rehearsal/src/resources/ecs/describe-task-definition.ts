import type { AccountResource } from '../../account/account-document';
import type { AccountView } from '../../account/account-view';
import { attributesOf, type Attributes } from '../../protocol/attributes';
import { readContainers, type RegisteredContainer } from './container-definitions';
import type { RevisionedTaskDefinition } from './container-runtime';

type Volume = RevisionedTaskDefinition['volumes'][number];

/** The account's task definition in the shape of ECS, with the folders of this machine that stand for its volumes. */
export function describeTaskDefinition(
  account: AccountView,
  definition: AccountResource,
  folders: { efsFolder(account: AccountView, fileSystemId: string, accessPointId: string): string },
): RevisionedTaskDefinition {
  const attributes = attributesOf(definition);
  const containerDefinitions = readContainers(attributes.text('container_definitions')).map(asDescribed);
  const volumeOf = (volume: Attributes): Volume => {
    const efs = volume.block('efs_volume_configuration');
    if (efs === undefined) return { name: volume.text('name') };
    const fileSystemId = efs.text('file_system_id');
    const accessPointId = efs.block('authorization_config')?.text('access_point_id') ?? '';
    return {
      name: volume.text('name'),
      efsVolumeConfiguration: {
        fileSystemId,
        ...(accessPointId === '' ? {} : { authorizationConfig: { accessPointId } }),
        folder: folders.efsFolder(account, fileSystemId, accessPointId),
      },
    };
  };
  return {
    arn: attributes.text('arn'),
    family: attributes.text('family'),
    containerDefinitions,
    volumes: attributes.blocks('volume').map(volumeOf),
  };
}

/** ECS answers with what was left out filled in. */
function asDescribed(container: RegisteredContainer): RegisteredContainer {
  const ports = container.portMappings ?? [];
  return {
    command: [],
    dependsOn: [],
    environment: [],
    mountPoints: [],
    secrets: [],
    ...container,
    portMappings: ports.map((mapping) => ({ protocol: 'tcp', ...mapping })),
  };
}
