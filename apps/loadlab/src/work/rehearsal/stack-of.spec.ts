import type { AccountResource } from '@loadlab/rehearsal';
import { stacksOf } from './stack-of';

const thing = (type: string, id: string, attributes: AccountResource['attributes']): AccountResource => ({
  type,
  id,
  region: 'us-east-1',
  attributes,
});

const subnet = thing('aws_subnet', 'subnet-1', { tags: { stack: 'network' } });
const files = thing('aws_efs_file_system', 'fs-1', { tags: { stack: 'mock-openai' } });
const target = thing('aws_efs_mount_target', 'fsmt-1', { file_system_id: 'fs-1', subnet_id: 'subnet-1' });
const route = thing('aws_route', 'r-1', { via: [{ subnets: ['subnet-1'] }] });
const note = thing('aws_example', 'e-1', { of: 'fsmt-1' });
const stray = thing('aws_example', 'e-2', { of: 'nothing' });

it('a thing is of the stack that its tag says, or else of the stack of what it names', () => {
  // Whatever comes first in the account.
  const stacks = stacksOf([note, target, route, subnet, files, stray]);
  expect([subnet, files, target, route, note, stray].map((one) => stacks.get(one))).toEqual([
    'network',
    'mock-openai',
    'mock-openai',
    'network',
    'mock-openai',
    undefined,
  ]);
});
