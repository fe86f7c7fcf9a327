import { join } from 'node:path';
import type { EcsTaskDefinitionVolumeEfsVolumeConfiguration } from '@cdktf/provider-aws/lib/ecs-task-definition';
import { EfsFileSystemPolicy } from '@cdktf/provider-aws/lib/efs-file-system-policy';
import type { MountPoint } from '@loadlab/foundation';
import { policyDocument } from '@loadlab/foundation/stack';
import { DataResource, Lazy, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { DeploymentStep } from '../deployer/deployment-step';
import { NodeFunction } from '../function/node-function';
import type { Role } from '../iam/role';
import { privateSubnets, type Network } from '../network/placement';
import { SecurityGroup } from '../network/security-group';
import { literal } from '../terraform-literal';
import { contentAddress, type FileSet } from './content-address';
import { FileSystem, NFS_PORT } from './file-system';
import { fileSystemPolicy, reading, writing } from './file-system-policy';

/** Settings of published files. */
export interface PublishedFilesProps {
  readonly network: Network;
  /** Last part of its names: `config`. */
  readonly name: string;
  /** By path below the published folder. A string is shown in plans, line by line; bytes are not. No secrets. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

/** Somebody's tasks. */
export interface Reader {
  readonly role: Role;
  readonly securityGroup: SecurityGroup;
}

/** Where the publisher finds the file system. Lambda wants a folder of `/mnt`. */
const PUBLISHER_MOUNT = '/mnt/files';
/** Writing takes milliseconds; a slow first mount, most of this. */
const PUBLISHER_TIMEOUT_SECONDS = 120;

/**
 * Files on EFS for tasks to mount read-only, at a path that is their content's hash: `/mnt/<name>/<hash>/<file>`. Known
 * when the stack is synthesized, so a plan shows it; a changed file is another path, a new task definition and a rolling
 * deployment; and the old one stays for as long as anybody could go back to it.
 *
 * A function inside the VPC carries the files in its own zip and writes them while Terraform applies.
 */
export class PublishedFiles extends Construct {
  /** Of the content, in hexadecimal; see {@link contentAddress}. */
  readonly sha256: string;
  /** Where tasks mount it: `/mnt/config`. */
  readonly mountPath: string;
  /** The published folder, as tasks see it: `/mnt/config/<sha256>`. */
  readonly path: string;
  /** For the task definition. */
  readonly volume: EcsTaskDefinitionVolumeEfsVolumeConfiguration;
  /** Whoever depends on it comes after the files can be read. */
  readonly publication: ITerraformDependable;
  readonly #fileSystem: FileSystem;
  readonly #names: ReadonlySet<string>;
  readonly #readerRoles: string[] = [];

  constructor(scope: Construct, id: string, props: PublishedFilesProps) {
    super(scope, id);
    const { network, name } = props;
    const files = bytesOf(props.files);
    this.#names = new Set(files.keys());
    this.sha256 = contentAddress(files);
    this.mountPath = `/mnt/${name}`;
    this.path = `${this.mountPath}/${this.sha256}`;
    this.#showInPlans(props.files);
    this.#fileSystem = new FileSystem(this, 'file-system', { network, name });
    this.volume = {
      fileSystemId: this.#fileSystem.id,
      transitEncryption: 'ENABLED',
      authorizationConfig: { accessPointId: this.#fileSystem.reader.id, iam: 'ENABLED' },
    };
    const publisher = this.#publisher(props, files);
    this.publication = this.#publish(publisher, this.#policy(publisher), name);
  }

  /** A file's path as tasks see it. @throws {Error} for one that is not among the files */
  file(name: string): string {
    if (!this.#names.has(name)) throw new Error(`"${name}" is not among ${[...this.#names].join(', ')}`);
    return `${this.path}/${name}`;
  }

  /** For a container that sees the files, the volume being one of the task's `files`. */
  mountPoint(volume: string): MountPoint {
    return { sourceVolume: volume, containerPath: this.mountPath, readOnly: true };
  }

  /** Lets tasks mount the files; {@link FargateTask} does it for those in its `files`. */
  allowReading(id: string, reader: Reader): void {
    const { arn, reader: door, securityGroup } = this.#fileSystem;
    reader.role.grant(id, [reading({ fileSystem: arn, readerAccessPoint: door.arn })]);
    reader.securityGroup.allowTo(id, securityGroup, { port: NFS_PORT, why: 'Published files' });
    this.#readerRoles.push(reader.role.arn);
  }

  /** Not a hash that changed, but what: the files' text, in a resource that is nothing but it. */
  #showInPlans(files: PublishedFilesProps['files']): void {
    const text = Object.entries(files).filter(([, content]) => typeof content === 'string');
    if (text.length > 0) {
      new DataResource(this, 'text', {
        input: Object.fromEntries(text.map(([path, content]) => [path, literal(content)])),
      });
    }
  }

  #publisher({ network, name }: PublishedFilesProps, files: FileSet): NodeFunction {
    const securityGroup = new SecurityGroup(this, 'publisher-security-group', {
      network,
      name: `${name}-publisher`,
      description: `Publisher of ${name}`,
    });
    securityGroup.allowTo('files', this.#fileSystem.securityGroup, { port: NFS_PORT, why: 'Publishes files' });
    const { arn, writer, mountTargets } = this.#fileSystem;
    return new NodeFunction(this, 'publisher', {
      name: `${name}-publisher`,
      description: `Publishes ${name} on EFS; called by the Deployer`,
      entry: join(__dirname, '..', 'publisher', 'handler.ts'),
      timeoutSeconds: PUBLISHER_TIMEOUT_SECONDS,
      memoryMb: 256,
      environment: { MOUNT_PATH: PUBLISHER_MOUNT, CONTENT_ADDRESS: this.sha256 },
      files: new Map([...files].map(([path, bytes]) => [`files/${path}`, bytes])),
      placement: { subnetIds: privateSubnets(this, network), securityGroup },
      mount: { accessPointArn: writer.arn, path: PUBLISHER_MOUNT },
      permissions: { write: [writing({ fileSystem: arn, writerAccessPoint: writer.arn })] },
      after: mountTargets,
    });
  }

  #policy(publisher: NodeFunction): ITerraformDependable {
    const { id, arn, writer, reader } = this.#fileSystem;
    // Late, because readers come after us.
    const document = () =>
      policyDocument(
        fileSystemPolicy({
          fileSystem: arn,
          writerAccessPoint: writer.arn,
          readerAccessPoint: reader.arn,
          publisherRole: publisher.role.arn,
          readerRoles: this.#readerRoles,
        }),
      );
    return new EfsFileSystemPolicy(this, 'policy', {
      fileSystemId: id,
      policy: Lazy.stringValue({ produce: document }),
    });
  }

  #publish(publisher: NodeFunction, policy: ITerraformDependable, name: string): ITerraformDependable {
    const step = new DeploymentStep(this, 'publication', {
      step: { step: 'publishFiles', functionName: publisher.functionName },
      purpose: `publish-${name}`,
      permissions: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: publisher.arn }],
      triggers: {
        content: this.sha256,
        code: publisher.codeHash,
        fileSystem: this.#fileSystem.id,
        accessPoint: this.#fileSystem.writer.id,
      },
      after: [policy],
      postcondition: {
        condition: `\${jsondecode(self.result).path == "/${this.sha256}"}`,
        errorMessage: `The publisher of ${name} did not publish /${this.sha256}, which the tasks are to read.`,
      },
    });
    return step.done;
  }
}

function bytesOf(files: PublishedFilesProps['files']): FileSet {
  const encoder = new TextEncoder();
  return new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? encoder.encode(content) : content,
    ]),
  );
}
