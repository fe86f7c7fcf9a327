import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { App, TerraformOutput } from 'cdktf';
import { z } from 'zod';
import { synthesize, testEnvironment } from '../testing';
import { consume, elementsOf } from './consume';
import { defineContract } from '../contract/contract';
import { LabStack } from './lab-stack';
import { publish } from './publish';

const contract = defineContract(
  'network',
  z.object({
    vpcId: z.string().startsWith('vpc-').describe('The VPC'),
    subnetIds: z.array(z.string()),
    port: z.number().int(),
  }),
);
const environment = testEnvironment();

class Producer extends LabStack {
  constructor(app: App) {
    super(app, 'network', environment);
    const vpc = new Vpc(this, 'vpc', { cidrBlock: '10.0.0.0/16' });
    publish(this, contract, { vpcId: vpc.id, subnetIds: [vpc.arn, 'subnet-2'], port: 4000 });
  }
}

class Consumer extends LabStack {
  constructor(app: App) {
    super(app, 'consumer', environment);
    const network = consume(this, contract);
    new TerraformOutput(this, 'vpc', { value: network.vpcId });
    new TerraformOutput(this, 'port', { value: network.port });
    new TerraformOutput(this, 'all', { value: network.subnetIds });
    elementsOf(network.subnetIds, 2).forEach((value, index) => new TerraformOutput(this, `subnet-${index}`, { value }));
  }
}

describe('what a stack publishes', () => {
  it('are its outputs, under the contract’s names, none of them sensitive', () => {
    const { 'network-test': stack } = synthesize((app) => new Producer(app));
    expect(stack?.json.output).toEqual({
      vpcId: { value: '${aws_vpc.vpc.id}', description: 'The VPC' },
      subnetIds: { value: ['${aws_vpc.vpc.arn}', 'subnet-2'] },
      port: { value: 4000 },
    });
  });

  it('is checked by value, where it is known', () => {
    const app = new App({ outdir: 'cdktf.out' });
    const stack = new LabStack(app, 'network', environment);
    expect(() => {
      publish(stack, contract, { vpcId: 'subnet-1', subnetIds: [], port: 1 });
    }).toThrow(/vpc-/);
  });

  it('is its own contract', () => {
    synthesize((app) => {
      const stack = new LabStack(app, 'database', environment);
      expect(() => {
        publish(stack, contract, { vpcId: 'vpc-1', subnetIds: [], port: 1 });
      }).toThrow('database publishes the contract of network');
    });
  });
});

describe('what a stack consumes', () => {
  it('is read from the other’s state, by the contract’s types', () => {
    const { 'consumer-test': stack } = synthesize((app) => new Consumer(app));
    expect(stack?.dataSources('terraform_remote_state').network).toEqual({
      backend: 's3',
      config: { bucket: 'loadlab-state-123456789012', key: 'loadlab/test/network.tfstate', region: 'us-east-1' },
      defaults: { vpcId: 'not-published', subnetIds: Array(8).fill('not-published') as string[], port: -1 },
      lifecycle: {
        postcondition: [
          {
            condition:
              '${self.outputs.vpcId != "not-published" && !contains(self.outputs.subnetIds, "not-published") && self.outputs.port != -1}',
            error_message: 'network does not publish all that is read here: deploy network first.',
          },
        ],
      },
    });
    const outputs = 'data.terraform_remote_state.network.outputs';
    expect(stack?.outputs).toEqual({
      vpc: `\${${outputs}.vpcId}`,
      port: `\${${outputs}.port}`,
      all: `\${${outputs}.subnetIds}`,
      'subnet-0': `\${${outputs}.subnetIds.0}`,
      'subnet-1': `\${${outputs}.subnetIds.1}`,
    });
  });

  it.each([
    ['producer first', [Producer, Consumer]],
    ['consumer first', [Consumer, Producer]],
  ])('orders the two in one app: %s', (_what, stacks) => {
    synthesize((app) => {
      const made = stacks.map((Stack) => new Stack(app));
      const producer = made.find((stack) => stack.stackName === 'network');
      const consumer = made.find((stack) => stack.stackName === 'consumer');
      expect(consumer?.dependencies.map((stack) => stack.node.id)).toEqual(['network-test']);
      expect(consumer?.dependencies[0]).toBe(producer);
      expect(producer?.dependencies).toEqual([]);
    });
  });

  it('depends on no stack of another environment', () => {
    synthesize((app) => {
      new Producer(app);
      const other = new LabStack(app, 'consumer', testEnvironment({}, { name: 'other' }));
      consume(other, contract);
      expect(other.dependencies).toEqual([]);
    });
  });
});

// Never run: each line must be refused by the compiler, and `tsc` says so when one is not.
export function refusedByTheCompiler(stack: LabStack): void {
  const values = { vpcId: 'vpc-1', subnetIds: ['a'], port: 1 };
  // @ts-expect-error an output is missing
  publish(stack, contract, { vpcId: 'vpc-1', subnetIds: ['a'] });
  // @ts-expect-error an output is not in the contract
  publish(stack, contract, { ...values, other: 'x' });
  const withMore = { ...values, other: 'x' };
  // @ts-expect-error the same, and not written down in place
  publish(stack, contract, withMore);
  // @ts-expect-error an output has another type
  publish(stack, contract, { ...values, port: '1' });
  // @ts-expect-error a list is a list
  publish(stack, contract, { ...values, subnetIds: 'a' });
  const network = consume(stack, contract);
  // @ts-expect-error nobody publishes that
  String(network.other);
  // @ts-expect-error a number is no text
  String(network.port.length);
  // @ts-expect-error an output is text, number or list of text
  defineContract('x', z.object({ secret: z.object({ nested: z.string() }) }));
}
