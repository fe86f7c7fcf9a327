import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { Account } from '../../src/account/account';
import { SecretValues } from '../../src/account/secret-values';
import { awsCalls } from '../../src/functions/aws-calls';
import { startAwsEndpoint, type AwsEndpoint } from '../../src/functions/aws-endpoint';
import { FunctionArchives } from '../../src/functions/function-archive';
import { LocalFunctionRunner } from '../../src/functions/local-function-runner';
import type { KnownValues } from '../../src/protocol/value';
import { AssumedContainers } from '../../src/resources/ecs/assumed-containers';
import type { FunctionResult } from '../../src/resources/lambda/function-runner';

const ACCOUNT = '123456789012';
const REGION = 'us-east-1';
export const FILE_SYSTEM = `arn:aws:elasticfilesystem:${REGION}:${ACCOUNT}:file-system/fs-1`;

/** An account with functions in it that really run. */
export class FunctionLab {
  readonly folder = mkdtempSync(join(tmpdir(), 'loadlab-functions-'));
  readonly account = new Account(join(this.folder, 'account.json'));
  private readonly archives = new FunctionArchives(this.account.folders, () => [this.folder]);
  private runner: LocalFunctionRunner | undefined;
  private endpoint: AwsEndpoint | undefined;

  async start(): Promise<void> {
    const containers = new AssumedContainers(this.account);
    const secrets = new SecretValues(this.account.file);
    this.endpoint = await startAwsEndpoint((call) => calls(call));
    const runner = new LocalFunctionRunner({
      account: this.account,
      archives: this.archives,
      containers,
      endpoint: this.endpoint.address,
    });
    const calls = awsCalls({ account: this.account, secrets, functions: runner, containers });
    this.runner = runner;
  }

  async stop(): Promise<void> {
    await this.endpoint?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async invoke(name: string, event: unknown = {}): Promise<{ answer: unknown; failed: boolean }> {
    if (this.runner === undefined) throw new Error('the lab was not started');
    const { payload, functionError }: FunctionResult = await this.runner.invoke(name, JSON.stringify(event));
    return { answer: JSON.parse(payload), failed: functionError !== undefined };
  }

  /** Puts a function into the account, whose archive holds this code; returns the role's name, which is the function's. */
  async addFunction(name: string, code: string, more: KnownValues = {}, file = 'index.js'): Promise<void> {
    const archive = join(this.folder, `${name}.zip`);
    writeFileSync(archive, zipSync({ [file]: strToU8(code) }));
    const { codeSha256 } = this.archives.store(`${name}.zip`, '');
    const role = `arn:aws:iam::${ACCOUNT}:role/${name}`;
    await this.put('aws_iam_role', name, { arn: role, name }, 'global');
    await this.put('aws_lambda_function', name, {
      arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`,
      function_name: name,
      role,
      runtime: 'nodejs22.x',
      handler: 'index.handler',
      timeout: 10,
      code_sha256: codeSha256,
      ...more,
    });
  }

  /** Gives a function's role a permission. */
  async allow(role: string, action: string | string[], resource: string): Promise<void> {
    const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] });
    await this.put('aws_iam_role_policy', `${role}:${String(action)}`, { role, policy }, 'global');
  }

  /** A file system with a policy of its own, and an access point whose user has this id; its folder belongs to user 1000. */
  async addFileSystem(uid: number): Promise<void> {
    await this.put('aws_efs_file_system', 'fs-1', { arn: FILE_SYSTEM });
    await this.put('aws_efs_access_point', 'fsap-1', {
      arn: `arn:aws:elasticfilesystem:${REGION}:${ACCOUNT}:access-point/fsap-1`,
      file_system_id: 'fs-1',
      posix_user: [{ uid, gid: uid }],
      root_directory: [
        { path: '/published', creation_info: [{ owner_uid: 1000, owner_gid: 1000, permissions: '0755' }] },
      ],
    });
    const tlsOnly = {
      Effect: 'Deny',
      Principal: '*',
      Action: 'elasticfilesystem:Client*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    await this.put('aws_efs_file_system_policy', 'fs-1', {
      file_system_id: 'fs-1',
      policy: JSON.stringify({ Statement: tlsOnly }),
    });
  }

  async put(type: string, id: string, attributes: KnownValues, region = REGION): Promise<void> {
    await this.account.change((account) => account.put({ type, id, region, attributes }));
  }
}
