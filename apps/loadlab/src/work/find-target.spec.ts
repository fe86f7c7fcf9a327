import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Environment } from '@loadlab/foundation';
import { testEnvironment } from '@loadlab/foundation/testing';
import { installedTerraform, type Terraform } from '@loadlab/state-backend/terraform';
import { findTarget } from './find-target';

const SECRET = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:loadlab-test-master-key-AbCdEf';
const OUTPUTS = {
  url: 'http://gateway.internal',
  internalUrl: 'http://gateway.internal',
  clusterName: 'loadlab-test',
  serviceName: 'loadlab-test-litellm',
  loadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/x/1',
  targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/x/1',
  masterKeySecretArn: SECRET,
  securityGroupId: 'sg-01234567',
  configPath: '/mnt/config/abc/config.yaml',
  logGroupName: '/loadlab/test/litellm',
};

const unread = () => Promise.reject(new Error('the secret was read'));
const readSecret = (arn: string) => Promise.resolve(`the value of ${arn}`);

describe('the target of an environment, in a real state', () => {
  let folder: string;
  let environment: Environment;
  const variables = { ...process.env };
  beforeEach(() => {
    delete process.env.TF_CLI_CONFIG_FILE;
    folder = mkdtempSync(path.join(tmpdir(), 'find-target-'));
    environment = { ...testEnvironment({ backend: { local: {} } }), directory: folder };
  });
  afterEach(() => {
    process.env = { ...variables };
    rmSync(folder, { recursive: true });
  });

  /** A state as a deployment leaves it, with a resource whose provider is not on this machine. */
  const deploy = (outputs: Record<string, unknown>): void => {
    const place = path.join(folder, '.terraform-state', 'loadlab', 'test');
    mkdirSync(place, { recursive: true });
    const state = {
      version: 4,
      terraform_version: '1.11.4',
      serial: 1,
      lineage: 'a',
      outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value, type: 'string' }])),
      resources: [
        {
          mode: 'managed',
          type: 'aws_ecs_service',
          name: 'litellm',
          provider: 'provider["registry.terraform.io/hashicorp/aws"]',
          instances: [],
        },
      ],
    };
    writeFileSync(path.join(place, 'proxy-service.tfstate'), JSON.stringify(state));
  };

  it('is its address, and its key in Secrets Manager', async () => {
    deploy(OUTPUTS);
    const { url, masterKey } = await findTarget(environment, { terraform: installedTerraform, readSecret });
    expect(url).toBe('http://gateway.internal');
    expect(await masterKey()).toBe(`the value of ${SECRET}`);
  }, 30_000);

  it('is not there before it is deployed', async () => {
    await expect(findTarget(environment, { terraform: installedTerraform, readSecret: unread })).rejects.toThrow(
      /environment test[^]*not deployed[^]*LOADLAB_ENVIRONMENT=test npx cdktf deploy/,
    );
  }, 30_000);

  it('is refused in a state of another version', async () => {
    deploy({ url: OUTPUTS.url });
    await expect(findTarget(environment, { terraform: installedTerraform, readSecret: unread })).rejects.toThrow(
      /masterKeySecretArn\s+is missing/,
    );
  }, 30_000);
});

describe('looking for a target', () => {
  const folders: string[] = [];
  const answering =
    (outputs: Record<string, unknown>): Terraform =>
    (folder, [verb]) => {
      folders.push(readFileSync(path.join(folder, 'main.tf.json'), 'utf8'), folder);
      return Promise.resolve({ code: 0, stdout: verb === 'output' ? JSON.stringify(outputs) : '', stderr: '' });
    };
  beforeEach(() => {
    folders.length = 0;
  });

  it('reads the stack’s own place in the backend, and leaves nothing behind', async () => {
    await findTarget(testEnvironment(), { terraform: answering(OUTPUTS), readSecret: unread });
    const [text = '', folder = ''] = folders;
    expect(JSON.parse(text)).toMatchObject({
      data: {
        terraform_remote_state: {
          stack: {
            backend: 's3',
            config: { bucket: 'loadlab-state-123456789012', key: 'loadlab/test/proxy-service.tfstate' },
          },
        },
      },
    });
    expect(existsSync(folder)).toBe(false);
  });

  it('refuses a gateway of another account before its key is read', async () => {
    const environment = testEnvironment({ accountId: '999999999999' });
    await expect(findTarget(environment, { terraform: answering(OUTPUTS), readSecret: unread })).rejects.toThrow(
      /accountId\s+says 999999999999, but the gateway in this state was deployed to 123456789012/,
    );
  });

  it.each([
    [
      'Terraform’s own words',
      1,
      '│ Error: No valid credential sources found\n│ \n│ get identity',
      'No valid credential',
    ],
    ['how to install Terraform', undefined, 'spawn terraform ENOENT', 'install Terraform 1.11'],
  ])('that fails says %s', async (_what, code, stderr, words) => {
    const terraform: Terraform = () => Promise.resolve({ code, stdout: '', stderr });
    await expect(findTarget(testEnvironment(), { terraform, readSecret: unread })).rejects.toThrow(words);
  });
});
