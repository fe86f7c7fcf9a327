import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Environment } from '@loadlab/foundation';
import { testEnvironment } from '@loadlab/foundation/testing';
import { deployedCost } from './deployed-cost';

const ARN = 'arn:aws:ecs:us-east-1:123456789012:task-definition/litellm:7';

describe('what an environment costs as it is deployed', () => {
  let folder: string;
  let environment: Environment;
  const variables = { ...process.env };
  beforeEach(() => {
    delete process.env.TF_CLI_CONFIG_FILE;
    folder = mkdtempSync(path.join(tmpdir(), 'deployed-cost-'));
    // The file wants one task; four stand.
    environment = { ...testEnvironment({ backend: { local: {} } }), directory: folder };
  });
  afterEach(() => {
    process.env = { ...variables };
    rmSync(folder, { recursive: true });
  });

  const deploy = (stack: string, resources: readonly [type: string, attributes: Record<string, unknown>][]): void => {
    const place = path.join(folder, '.terraform-state', 'loadlab', 'test');
    mkdirSync(place, { recursive: true });
    const state = {
      version: 4,
      terraform_version: '1.11.4',
      serial: 1,
      lineage: 'a',
      outputs: {},
      resources: resources.map(([type, attributes]) => ({
        mode: 'managed',
        type,
        name: 'main',
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [{ schema_version: 0, attributes }],
      })),
    };
    writeFileSync(path.join(place, `${stack}.tfstate`), JSON.stringify(state));
  };

  it('is read from the states of its stacks, those that are not there left out', async () => {
    deploy('network', [['aws_nat_gateway', { id: 'nat-1' }]]);
    deploy('proxy-service', [
      ['aws_ecs_task_definition', { arn: ARN, cpu: '4096', memory: '8192' }],
      ['aws_ecs_service', { task_definition: ARN, desired_count: 4 }],
    ]);
    const cost = await deployedCost(environment);
    expect(cost.hourly).toBeCloseTo(0.045 + 4 * (4 * 0.04048 + 8 * 0.004445), 4);
    expect(cost.notCounted).toContain('GB through the NAT gateway');
    expect(cost.basis).toMatch(/us-east-1 as of \d{4}-\d\d-\d\d, for what stands in the states of environment test/);
  }, 60_000);

  it('is nothing where nothing is deployed', async () => {
    expect((await deployedCost(environment)).hourly).toBe(0);
  }, 60_000);

  it('is not known where a state cannot be read', async () => {
    const broken = () => Promise.resolve({ code: 1, stdout: '', stderr: 'Error: no access' });
    await expect(deployedCost(environment, broken)).rejects.toThrow('no access');
  });
});
