import { attributesOf, textsAt } from '../protocol/attributes';
import { textOf, type AccountResource } from './account-document';
import type { AccountView } from './account-view';

/** What lives in subnets, what a person calls it, and where it says so. */
const dwellers: readonly { readonly type: string; readonly called: string; readonly subnets: string }[] = [
  { type: 'aws_nat_gateway', called: 'NAT gateway', subnets: 'subnet_id' },
  { type: 'aws_lb', called: 'load balancer', subnets: 'subnets' },
  { type: 'aws_ecs_service', called: 'service', subnets: 'network_configuration.subnets' },
  { type: 'aws_lambda_function', called: 'function', subnets: 'vpc_config.subnet_ids' },
  { type: 'aws_efs_mount_target', called: 'mount target of', subnets: 'subnet_id' },
  { type: 'aws_batch_compute_environment', called: 'batch jobs of', subnets: 'compute_resources.subnets' },
  { type: 'aws_vpc_endpoint', called: 'endpoint', subnets: 'subnet_ids' },
];

interface Branch {
  readonly label: string;
  readonly below: readonly Branch[];
}

/** The networks of an account as a tree: zones, subnets, and what runs in each; then what lives outside of them. */
export function drawAccount(account: AccountView): string {
  const networks = account.ofType('aws_vpc').map((vpc) => networkOf(account, vpc));
  const outside = account
    .ofType('aws_lambda_function')
    .filter(({ attributes }) => textsAt(attributes, 'vpc_config.subnet_ids').length === 0);
  const buckets = account.ofType('aws_s3_bucket');
  const rest: Branch[] = [
    ...(outside.length > 0
      ? [{ label: 'outside of networks', below: outside.map((one) => leaf(`function ${nameOf(one)}`)) }]
      : []),
    ...(buckets.length > 0 ? [{ label: 'buckets', below: buckets.map(({ id }) => leaf(id)) }] : []),
  ];
  return [...networks, ...rest].map((branch) => draw(branch)).join('\n');
}

function networkOf(account: AccountView, vpc: AccountResource): Branch {
  const subnets = account.ofType('aws_subnet').filter((subnet) => textOf(subnet, 'vpc_id') === vpc.id);
  const zones = [...new Set(subnets.map((subnet) => textOf(subnet, 'availability_zone')))].sort();
  const gateway = account.ofType('aws_internet_gateway').some((one) => textOf(one, 'vpc_id') === vpc.id);
  return {
    label: `${vpc.id}  ${textOf(vpc, 'cidr_block')}${gateway ? '  with a way to the internet' : ''}`,
    below: zones.map((zone) => ({
      label: zone,
      below: subnets
        .filter((subnet) => textOf(subnet, 'availability_zone') === zone)
        .sort((left, right) => nameOf(left).localeCompare(nameOf(right)))
        .map((subnet) => ({
          label: `${nameOf(subnet)}  ${textOf(subnet, 'cidr_block')}`,
          below: inSubnet(account, subnet).map(leaf),
        })),
    })),
  };
}

function inSubnet(account: AccountView, subnet: AccountResource): string[] {
  const direct = dwellers.flatMap(({ type, called, subnets }) =>
    account
      .ofType(type)
      .filter(({ attributes }) => textsAt(attributes, subnets).includes(subnet.id))
      .map((resource) => `${called} ${described(account, resource)}`)
      .sort(),
  );
  const groups = account
    .ofType('aws_db_subnet_group')
    .filter(({ attributes }) => textsAt(attributes, 'subnet_ids').includes(subnet.id))
    .map(({ id }) => id);
  const databases = account
    .ofType('aws_db_instance')
    .filter((database) => groups.includes(textOf(database, 'db_subnet_group_name')))
    .flatMap((database) => {
      // Its group names all subnets where it could be; it is in one, and its standby in another.
      const isHere = textOf(database, 'availability_zone') === textOf(subnet, 'availability_zone');
      const hasStandby = attributesOf(database).flag('multi_az');
      if (!isHere && !hasStandby) return [];
      const kind = `${textOf(database, 'engine')}, ${textOf(database, 'instance_class')}${hasStandby ? ', with a standby' : ''}`;
      return [`database ${textOf(database, 'identifier')}  ${kind}`];
    });
  return [...direct, ...databases];
}

function described(account: AccountView, resource: AccountResource): string {
  const attributes = attributesOf(resource);
  if (resource.type === 'aws_efs_mount_target') {
    const fileSystem = account.find('aws_efs_file_system', attributes.text('file_system_id'));
    return fileSystem === undefined ? attributes.text('file_system_id') : nameOf(fileSystem);
  }
  if (resource.type === 'aws_vpc_endpoint') return attributes.text('service_name');
  if (resource.type !== 'aws_ecs_service') return nameOf(resource);
  const revision = attributes.text('task_definition').split(':').at(-1) ?? '';
  const tasks = attributes.number('desired_count') ?? 0;
  // It stands in each of its subnets, and its tasks are spread over them.
  return `${nameOf(resource)}  ${tasks} ${tasks === 1 ? 'task' : 'tasks'} in all, revision ${revision}`;
}

function nameOf(resource: AccountResource): string {
  const named = ['name', 'function_name', 'bucket'].map((name) => textOf(resource, name)).find((name) => name !== '');
  return attributesOf(resource).map('tags').Name ?? named ?? resource.id;
}

function leaf(label: string): Branch {
  return { label, below: [] };
}

function draw({ label, below }: Branch, indent = ''): string {
  const lines = below.map((branch, index) => {
    const last = index === below.length - 1;
    return `${indent}${last ? '└─ ' : '├─ '}${draw(branch, `${indent}${last ? '   ' : '│  '}`)}`;
  });
  return `${label}\n${lines.join('')}`;
}
