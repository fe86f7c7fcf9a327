import { EfsAccessPoint } from '@cdktf/provider-aws/lib/efs-access-point';
import { EfsBackupPolicy } from '@cdktf/provider-aws/lib/efs-backup-policy';
import { EfsFileSystem } from '@cdktf/provider-aws/lib/efs-file-system';
import { EfsMountTarget } from '@cdktf/provider-aws/lib/efs-mount-target';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { privateSubnets, type Network } from '../network/placement';
import { SecurityGroup } from '../network/security-group';
import { physicalName, underOwnKey } from '../stack-facts';

/** NFS. */
export const NFS_PORT = 2049;

/** Both access points show this folder as their root. */
const FOLDER = '/published';
/** The publisher; owns the folder and all in it. */
const WRITER = { uid: 1000, gid: 1000 };
/** "nobody": may read what is readable by all. */
const READER = { uid: 65534, gid: 65534 };

/** An encrypted EFS file system with one door for the publisher and one for everybody else. */
export class FileSystem extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly writer: EfsAccessPoint;
  readonly reader: EfsAccessPoint;
  /** Who may talk NFS to it: nobody, until allowed. */
  readonly securityGroup: SecurityGroup;
  /** One a zone; a client in a zone without one does not even find the file system's name. */
  readonly mountTargets: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: { readonly network: Network; readonly name: string }) {
    super(scope, id);
    const { network, name } = props;
    const fileSystem = new EfsFileSystem(this, 'Resource', {
      encrypted: true,
      ...underOwnKey(this),
      performanceMode: 'generalPurpose',
      // A few kilobytes at each deployment: paid by use, that is nothing. "Bursting", the API's default, earns its
      // throughput by stored bytes, and here are next to none.
      throughputMode: 'elastic',
      tags: { Name: physicalName(this, name) },
    });
    // Every byte comes from the repository; recovery points would only outlive the stack.
    new EfsBackupPolicy(this, 'backup', { fileSystemId: fileSystem.id, backupPolicy: { status: 'DISABLED' } });
    this.securityGroup = new SecurityGroup(this, 'security-group', {
      network,
      name: `${name}-files`,
      description: `File system of ${name}`,
    });
    this.mountTargets = privateSubnets(this, network).map(
      (subnetId, zone) =>
        new EfsMountTarget(this, `mount-target-${zone}`, {
          fileSystemId: fileSystem.id,
          subnetId,
          securityGroups: [this.securityGroup.securityGroupId],
        }),
    );
    this.id = fileSystem.id;
    this.arn = fileSystem.arn;
    this.writer = this.#accessPoint('writer', WRITER);
    this.reader = this.#accessPoint('reader', READER);
  }

  /** Whoever connects first makes the folder: both make the same one. (Without `creation_info` the mount would fail.) */
  #accessPoint(id: string, user: { readonly uid: number; readonly gid: number }): EfsAccessPoint {
    return new EfsAccessPoint(this, id, {
      fileSystemId: this.id,
      posixUser: user,
      rootDirectory: {
        path: FOLDER,
        creationInfo: { ownerUid: WRITER.uid, ownerGid: WRITER.gid, permissions: '0755' },
      },
      tags: { Name: physicalName(this, id) },
    });
  }
}
