import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../account/account';
import type { AccountView } from '../account/account-view';
import { AwsError } from '../resources/aws-error';
import { attributesOf, type Attributes } from '../protocol/attributes';
import type { ContainerRuntime } from '../resources/ecs/container-runtime';
import { mayUseFileSystem } from '../resources/ecs/task-start';
import type { FunctionResult, FunctionRunner, StoredCode } from '../resources/lambda/function-runner';
import type { FunctionArchives } from './function-archive';
import { posixMayWrite } from './posix-rights';
import { runSandbox } from './run-sandbox';

/** What a runner works with. */
export interface LocalFunctionOptions {
  readonly account: Account;
  readonly archives: FunctionArchives;
  readonly containers: ContainerRuntime;
  /** `127.0.0.1:port` of the endpoint that stands for AWS's API. */
  readonly endpoint: string;
}

interface Mount {
  /** `/mnt/files` */
  readonly path: string;
  readonly folder: string;
  readonly writable: boolean;
}

/** Runs the account's functions as local processes, with their role's rights and their file system as a folder. */
export class LocalFunctionRunner implements FunctionRunner {
  constructor(private readonly options: LocalFunctionOptions) {}

  storeCode(filename: string, sourceCodeHash: string): Promise<StoredCode> {
    return Promise.resolve(this.options.archives.store(filename, sourceCodeHash));
  }

  async invoke(functionName: string, payload: string): Promise<FunctionResult> {
    const account = this.options.account.read();
    const found = findFunction(account, functionName);
    const code = found.text('code_sha256');
    if (code === '' || !found.text('runtime').startsWith('nodejs'))
      throw new AwsError(
        'InvalidRuntimeException',
        `only Node.js functions with an archive run here, not ${functionName}`,
        502,
      );
    const mount = this.mountOf(account, found);
    const scratch = mkdtempSync(join(tmpdir(), 'loadlab-function-'));
    try {
      return await runSandbox({
        functionName: found.text('function_name'),
        codeFolder: this.options.archives.unpacked(code),
        handler: found.text('handler'),
        event: payload,
        timeoutSeconds: found.number('timeout') ?? 3,
        environment: this.environmentOf(found, mount, scratch),
        writableFolders: [scratch, ...(mount?.writable === true ? [mount.folder] : [])],
        addresses: await this.addresses(account, found),
        assumedAddress: this.options.endpoint,
        logFile: join(this.options.account.folders.root, 'logs', `${found.text('function_name')}.log`),
      });
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }

  private mountOf(account: AccountView, found: Attributes): Mount | undefined {
    const config = found.block('file_system_config');
    if (config === undefined) return undefined;
    const accessPoint = account.find('aws_efs_access_point', config.text('arn'));
    const fileSystemId = accessPoint === undefined ? '' : attributesOf(accessPoint).text('file_system_id');
    const fileSystem = account.find('aws_efs_file_system', fileSystemId);
    if (accessPoint === undefined || fileSystem === undefined)
      throw new AwsError(
        'EFSMountFailureException',
        `The function couldn't mount the Amazon EFS file system with access point ${config.text('arn')} due to mount failure: it does not exist.`,
        403,
      );
    const use = {
      roleArn: found.text('role'),
      resource: attributesOf(fileSystem).text('arn'),
      accessPointId: accessPoint.id,
    };
    if (!mayUseFileSystem(account, fileSystemId, { ...use, action: 'elasticfilesystem:ClientMount' }))
      throw new AwsError(
        'EFSMountFailureException',
        `The function couldn't mount the Amazon EFS file system with access point ${config.text('arn')} due to mount failure: access denied by server.`,
        403,
      );
    const permitted = mayUseFileSystem(account, fileSystemId, { ...use, action: 'elasticfilesystem:ClientWrite' });
    return {
      path: config.text('local_mount_path'),
      folder: this.options.account.folders.efsFolder(account, fileSystemId, accessPoint.id),
      writable: permitted && posixMayWrite(attributesOf(accessPoint)),
    };
  }

  /** AWS's own variables, then the function's; where its file system is mounted, there is a folder of this machine. */
  private environmentOf(found: Attributes, mount: Mount | undefined, scratch: string): Record<string, string> {
    const { account, endpoint } = this.options;
    const variables = Object.entries(found.block('environment')?.map('variables') ?? {});
    const moved = variables.map(
      ([name, value]) => [name, mount === undefined ? value : moveMount(value, mount)] as const,
    );
    return {
      AWS_ACCESS_KEY_ID: accessKeyOf(found.text('role')),
      AWS_SECRET_ACCESS_KEY: 'rehearsal',
      AWS_REGION: found.text('arn').split(':')[3] ?? '',
      AWS_ENDPOINT_URL: `http://${endpoint}`,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_LAMBDA_FUNCTION_NAME: found.text('function_name'),
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(found.number('memory_size') ?? 128),
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      LAMBDA_TASK_ROOT: account.folders.root,
      LANG: 'en_US.UTF-8',
      PATH: process.env.PATH ?? '',
      TMPDIR: scratch,
      TZ: ':UTC',
      ...Object.fromEntries(moved),
    };
  }

  /** A function in a VPC reaches the tasks in it; one outside reaches none. */
  private async addresses(account: AccountView, found: Attributes): Promise<Record<string, string>> {
    if (found.block('vpc_config') === undefined) return {};
    const clusters = account.ofType('aws_ecs_cluster').map((cluster) => attributesOf(cluster).text('name'));
    const tasks = (await Promise.all(clusters.map((cluster) => this.options.containers.tasks(cluster)))).flat();
    const entries = tasks.flatMap(({ privateIp, addresses }) =>
      Object.entries(addresses).map(([port, address]) => [`${privateIp}:${port}`, address] as const),
    );
    return Object.fromEntries(entries);
  }
}

/** A function's role travels as its access key, so that the endpoint knows who calls. */
export function accessKeyOf(roleArn: string): string {
  return `ROLE${Buffer.from(roleArn).toString('hex').toUpperCase()}`;
}

/** The role behind an access key; undefined for somebody else's key. */
export function roleOf(accessKey: string): string | undefined {
  const [, hex] = /^ROLE([0-9A-F]+)$/.exec(accessKey) ?? [];
  return hex === undefined ? undefined : Buffer.from(hex, 'hex').toString('utf8');
}

function findFunction(account: AccountView, nameOrArn: string): Attributes {
  const name = /:function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
  const found = account.find('aws_lambda_function', name);
  if (found === undefined) throw new AwsError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, 404);
  return attributesOf(found);
}

function moveMount(value: string, { path, folder }: Mount): string {
  return value === path || value.startsWith(`${path}/`) ? `${folder}${value.slice(path.length)}` : value;
}
