import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataResource, Token } from 'cdktf';
import { z } from 'zod';
import { readOutputs } from '../src';
import { consume, defineContract, elementsOf, labApp, LabStack, publish } from '../src/stack';
import { testEnvironment, type EnvironmentInput } from '../src/testing';
import { HttpStates } from './http-states';
import { terraform, withoutProvider } from './without-provider';

const network = defineContract(
  'network',
  z.object({ vpcId: z.string(), subnetIds: z.array(z.string()), port: z.number() }),
);
const service = defineContract('service', z.object({ seen: z.string(), last: z.string(), port: z.number() }));

/** A producer and a consumer, in the environment's backend; their folders. */
function synthesize(root: string, backend: EnvironmentInput['backend']): { network: string; service: string } {
  const environment = { ...testEnvironment({ backend }), directory: join(root, 'environments/test') };
  const app = labApp({ outdir: join(root, 'cdktf.out') });
  const producer = new LabStack(app, 'network', environment);
  publish(producer, network, { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'], port: 4000 });
  const consumer = new LabStack(app, 'service', environment);
  const read = consume(consumer, network);
  const [, last = ''] = elementsOf(read.subnetIds, 2);
  const held = new DataResource(consumer, 'held', { input: { vpc: read.vpcId } });
  publish(consumer, service, {
    seen: Token.asString(held.interpolationForAttribute('output.vpc')),
    last,
    port: read.port,
  });
  app.synth();
  const folders = {
    network: join(app.outdir, 'stacks/network-test'),
    service: join(app.outdir, 'stacks/service-test'),
  };
  withoutProvider(folders.network);
  withoutProvider(folders.service);
  return folders;
}

async function deploy(folder: string): Promise<void> {
  await terraform(folder, ['init', '-input=false']);
  await terraform(folder, ['apply', '-input=false', '-auto-approve']);
}

// Several runs of Terraform each, on a machine that may be busy.
jest.setTimeout(180_000);

describe('the real Terraform', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'states-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('passes outputs from state to state in a folder', async () => {
    const folders = synthesize(root, { local: { directory: 'states' } });
    await deploy(folders.network);
    await deploy(folders.service);
    expect(readOutputs(service, await terraform(folders.service, ['output', '-json']))).toEqual({
      seen: 'vpc-1',
      last: 'subnet-2',
      port: 4000,
    });
    expect(existsSync(join(root, 'environments/test/states/loadlab/test/network.tfstate'))).toBe(true);
  });

  it('passes outputs from state to state over HTTP, each under a lock', async () => {
    const server = new HttpStates();
    try {
      const folders = synthesize(root, { http: { address: `${await server.start()}/states/` } });
      await deploy(folders.network);
      await deploy(folders.service);
      const outputs = readOutputs(service, await terraform(folders.service, ['output', '-json']));
      expect(outputs).toEqual({ seen: 'vpc-1', last: 'subnet-2', port: 4000 });
      expect([...server.states.keys()]).toEqual(['/states/loadlab/test/network', '/states/loadlab/test/service']);
      expect(new Set(server.locked)).toEqual(
        new Set(['/states/loadlab/test/network/lock', '/states/loadlab/test/service/lock']),
      );
    } finally {
      await server.stop();
    }
  });

  it('refuses a consumer whose producer is not deployed, and lets it be destroyed all the same', async () => {
    const folders = synthesize(root, { local: { directory: 'states' } });
    await terraform(folders.service, ['init', '-input=false']);
    await expect(terraform(folders.service, ['plan', '-input=false'])).rejects.toThrow(/Unable to find remote state/);
    await terraform(folders.service, ['destroy', '-input=false', '-auto-approve']);
  });

  it('refuses a consumer whose producer lost its outputs in a destroy, and lets it be destroyed all the same', async () => {
    const folders = synthesize(root, { local: { directory: 'states' } });
    await deploy(folders.network);
    await deploy(folders.service);
    await terraform(folders.network, ['destroy', '-input=false', '-auto-approve']);
    await expect(terraform(folders.service, ['plan', '-input=false', '-no-color'])).rejects.toThrow(
      /network does not publish all that is read here: deploy network/,
    );
    await terraform(folders.service, ['destroy', '-input=false', '-auto-approve']);
    expect(await terraform(folders.service, ['state', 'list'])).toBe('');
  });
});
