import type { ContainerDefinition } from '@loadlab/foundation';
import { LabStack } from '@loadlab/foundation/stack';
import {
  synthesize,
  testEnvironment,
  type Block,
  type EnvironmentInput,
  type SynthesizedStack,
} from '@loadlab/foundation/testing';
import type { Network } from '../src';

/** A network as another stack's contract would give it, with ids that are known. */
export const network: Network = {
  vpcId: 'vpc-0123456789abcdef0',
  vpcCidr: '10.40.0.0/16',
  publicSubnetIds: ['subnet-00000000000000001', 'subnet-00000000000000002'],
  privateSubnetIds: ['subnet-00000000000000003', 'subnet-00000000000000004'],
};

/** A container with as little as a container can have. */
export function container(changes: Partial<ContainerDefinition> = {}): ContainerDefinition {
  return {
    name: 'web',
    image: 'public.ecr.aws/docker/library/node:22',
    essential: true,
    command: ['node', 'main.js'],
    environment: [],
    secrets: [],
    mountPoints: [],
    portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
    dependsOn: [],
    ...changes,
  };
}

/** What a stack with these constructs, in an environment with these sections, is synthesized into. */
export function stackWith(
  build: (stack: LabStack) => void,
  sections: Partial<EnvironmentInput> = { accountId: '123456789012' },
): SynthesizedStack {
  const stacks = synthesize((app) => {
    build(new LabStack(app, 'trial', testEnvironment(sections)));
  });
  const stack = stacks['trial-test'];
  if (stack === undefined) throw new Error('no stack was synthesized');
  return stack;
}

/** One statement of an IAM policy, as JSON. */
export type Statement = Readonly<Record<string, unknown>>;

/** The statements of a policy document in an attribute of a resource. */
export function statementsOf(resource: Block | undefined, attribute = 'policy'): readonly Statement[] {
  const text = resource?.[attribute];
  if (typeof text !== 'string') throw new Error(`no ${attribute} in ${JSON.stringify(resource)}`);
  return (JSON.parse(text) as { Statement: readonly Statement[] }).Statement;
}
