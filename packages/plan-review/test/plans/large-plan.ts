/** How many resources of each thousand see which action; the rest stays as it is, as in a real plan. */
const ACTIONS = [
  { share: 150, actions: ['create'] },
  { share: 250, actions: ['update'] },
  { share: 60, actions: ['delete', 'create'] },
  { share: 40, actions: ['delete'] },
] as const;
const KINDS = [
  'aws_vpc_security_group_ingress_rule',
  'aws_iam_role_policy',
  'aws_ecs_task_definition',
  'aws_subnet',
  'aws_ssm_parameter',
] as const;

/** A plan of `count` resources as `terraform show -json` writes it: with its planned values, prior state and configuration. */
export function largePlan(count: number): Record<string, unknown> {
  const resources = Array.from({ length: count }, (_, index) => resourceOf(index));
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: {
      root_module: {
        resources: resources.flatMap(({ after, base }) => (after === null ? [] : { ...base, values: after })),
      },
    },
    resource_changes: resources.map(({ base, change }) => ({ ...base, change })),
    output_changes: Object.fromEntries(
      Array.from({ length: Math.ceil(count / 10) }, (_, index) => [
        `output${index}`,
        {
          actions: ['update'],
          before: `a${index}`,
          after: `b${index}`,
          after_unknown: false,
          before_sensitive: false,
          after_sensitive: false,
        },
      ]),
    ),
    prior_state: {
      format_version: '1.0',
      values: {
        root_module: {
          resources: resources.flatMap(({ before, base, marks }) =>
            before === null ? [] : { ...base, values: before, sensitive_values: marks },
          ),
        },
      },
    },
    configuration: { root_module: { resources: resources.map(({ configured }) => configured) } },
    timestamp: '2031-01-01T12:00:00Z',
    applyable: true,
    complete: true,
    errored: false,
  };
}

function resourceOf(index: number) {
  const type = KINDS[index % KINDS.length] ?? KINDS[0];
  const base = {
    address: `${type}.r${index}`,
    mode: 'managed',
    type,
    name: `r${index}`,
    provider_name: 'registry.terraform.io/hashicorp/aws',
  };
  const actions = actionsOf(index);
  const before = actions.includes('create') && actions.length === 1 ? null : valuesOf(type, index, 0);
  const after =
    actions.includes('delete') && actions.length === 1
      ? null
      : valuesOf(type, index, actions.includes('no-op') ? 0 : 1);
  const marks = type === 'aws_ssm_parameter' ? { value: true } : {};
  return {
    base,
    before,
    after,
    marks,
    change: {
      actions,
      before,
      after,
      after_unknown: {},
      before_sensitive: before === null ? false : marks,
      after_sensitive: after === null ? false : marks,
      ...(actions.length > 1 ? { replace_paths: [['description']] } : {}),
    },
    configured: {
      address: base.address,
      mode: 'managed',
      type,
      name: base.name,
      expressions:
        index === 0
          ? {}
          : { reference: { references: [`${KINDS[(index - 1) % KINDS.length] ?? ''}.r${index - 1}.id`] } },
    },
  };
}

function actionsOf(index: number): readonly string[] {
  let place = (index * 7919) % 1000;
  for (const { share, actions } of ACTIONS) {
    if (place < share) return actions;
    place -= share;
  }
  return ['no-op'];
}

function valuesOf(type: (typeof KINDS)[number], index: number, version: number): Record<string, unknown> {
  const id = `${type}-${String(index).padStart(17, '0')}`;
  const common = {
    id,
    arn: `arn:aws:service:us-east-1:123456789012:${id}`,
    region: 'us-east-1',
    description: `Resource number ${index}, version ${version}`,
    tags: { project: 'loadlab', owner: 'platform', version: String(version) },
    tags_all: { project: 'loadlab', owner: 'platform', version: String(version), environment: 'benchmark' },
  };
  if (type === 'aws_vpc_security_group_ingress_rule')
    return {
      ...common,
      cidr_ipv4: `10.${index % 250}.${version}.0/24`,
      from_port: 4000,
      to_port: 4000 + version,
      ip_protocol: 'tcp',
    };
  if (type === 'aws_iam_role_policy') return { ...common, name: id, policy: policyOf(index, version) };
  if (type === 'aws_ecs_task_definition')
    return { ...common, cpu: '1024', memory: '2048', container_definitions: containersOf(index, version) };
  if (type === 'aws_ssm_parameter')
    return { ...common, type: 'SecureString', value: `secret-number-${index}-${version}` };
  return {
    ...common,
    cidr_block: `10.0.${index % 250}.0/24`,
    availability_zone: 'us-east-1a',
    map_public_ip_on_launch: false,
  };
}

function policyOf(index: number, version: number): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: Array.from({ length: 5 }, (_, statement) => ({
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:ListBucket', ...(version > 0 && statement === 2 ? ['s3:PutObject'] : [])],
      Resource: `arn:aws:s3:::bucket-${index}-${statement}/*`,
    })),
  });
}

function containersOf(index: number, version: number): string {
  return JSON.stringify([
    {
      name: 'app',
      image: `registry.example/app-${index}:${version}`,
      essential: true,
      environment: Array.from({ length: 20 }, (_, variable) => ({
        name: `VARIABLE_${variable}`,
        value: `value-${variable}-${index}`,
      })),
    },
  ]);
}
