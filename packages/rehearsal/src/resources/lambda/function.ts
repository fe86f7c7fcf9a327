import { AwsError } from '../aws-error';
import { attributesOf, type Attributes } from '../../protocol/attributes';
import { rangeRule, textRule } from '../naming';
import type { ResourceType } from '../resource-type';
import { toRole, toSecurityGroups, toSubnets } from '../reference-to';
import type { Scene } from '../scene';

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

/** Attributes whose change uploads new code, and so makes AWS compute some others anew. */
const CODE = ['filename', 'image_uri', 's3_bucket', 's3_key', 's3_object_version', 'source_code_hash', 'architectures'];

/** A function. Its code is kept, so that an invocation runs it for real. */
export const lambdaFunction: ResourceType = {
  type: 'aws_lambda_function',
  label: 'Lambda Function',
  api: {
    service: 'Lambda',
    create: 'CreateFunction',
    update: 'UpdateFunctionConfiguration',
    delete: 'DeleteFunction',
  },
  source: 'internal/service/lambda/function.go',
  forceNew: ['function_name', 'package_type', 'tenancy_config'],
  defaults: {
    memory_size: 128,
    package_type: 'Zip',
    publish: false,
    reserved_concurrent_executions: -1,
    skip_destroy: false,
    timeout: 3,
  },
  allowed: {
    package_type: ['Zip', 'Image'],
    'logging_config.log_format': ['Text', 'JSON'],
    'tracing_config.mode': ['Active', 'PassThrough'],
  },
  computedBlocks: ['ephemeral_storage', 'logging_config', 'tracing_config'],
  onlyInState: [
    'filename',
    'publish',
    'publish_to',
    'replace_security_groups_on_destroy',
    'replacement_security_group_ids',
    's3_bucket',
    's3_key',
    's3_object_version',
    'skip_destroy',
  ],
  references: [
    toRole('role', () => invalid('The role defined for the function cannot be assumed by Lambda.')),
    toSubnets('vpc_config.subnet_ids'),
    toSecurityGroups('vpc_config.security_group_ids'),
    {
      attribute: 'file_system_config.arn',
      to: 'aws_efs_access_point',
      missing: (arn) => invalid(`EFS access point ${arn} does not exist.`),
    },
    { attribute: 'layers', to: 'aws_lambda_layer_version', optional: true },
  ],
  unique: [
    {
      of: (values) => [values.text('function_name')],
      taken: (values) =>
        new AwsError('ResourceConflictException', `Function already exist: ${values.text('function_name')}`, 409),
    },
  ],
  notFound: (name) => new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404),
  validate: (config) => [
    ...rangeRule(config, 'memory_size', 128, 10240),
    ...rangeRule(config, 'timeout', 1, 900),
    ...textRule(
      config,
      'function_name',
      /^[\w:-]{1,140}$/,
      '"function_name" must be a valid function name or ARN, got: {}',
    ),
    ...(config.block('file_system_config') !== undefined && config.block('vpc_config') === undefined
      ? [{ path: 'file_system_config', summary: 'a file system can be mounted by functions in a VPC only' }]
      : []),
  ],
  plan: ({ changed, planned }) => {
    const code = CODE.some((name) => changed.has(name));
    if (changed.size === 0) return {};
    const published = planned.flag('publish') ? ['qualified_arn', 'qualified_invoke_arn', 'version'] : [];
    return { unknown: [...(code ? ['code_sha256', 'source_code_size'] : []), 'last_modified', ...published] };
  },
  prepare: async ({ prior, planned, world }) => {
    const filename = planned.text('filename');
    const unchanged = prior !== undefined && !CODE.some((name) => prior.text(name) !== planned.text(name));
    if (filename === '' || unchanged) return {};
    return { ...(await world.functions.storeCode(filename, planned.text('source_code_hash'))) };
  },
  create: ({ planned, prepared, scene }) => {
    checkFunction(planned, scene);
    const name = planned.text('function_name');
    const arn = scene.arn('lambda', `function:${name}`);
    const invokeArn = `arn:aws:apigateway:${scene.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
    const version = planned.flag('publish') ? '1' : '$LATEST';
    return {
      id: name,
      architectures: ['x86_64'],
      arn,
      code_sha256: prepared.text('codeSha256'),
      ephemeral_storage: [{ size: 512 }],
      invoke_arn: invokeArn,
      last_modified: lambdaTime(scene.now),
      logging_config: [{ log_format: 'Text', log_group: `/aws/lambda/${name}` }],
      qualified_arn: `${arn}:${version}`,
      qualified_invoke_arn: invokeArn.replace('/invocations', `:${version}/invocations`),
      source_code_hash: prepared.text('codeSha256'),
      source_code_size: prepared.number('codeSize') ?? 0,
      tracing_config: [{ mode: 'PassThrough' }],
      version,
    };
  },
  update: ({ planned, prepared, current, scene }) => {
    checkFunction(planned, scene);
    const former = attributesOf(current);
    const version = planned.flag('publish')
      ? String(Number(former.text('version').replace('$LATEST', '0')) + 1)
      : former.text('version');
    return {
      code_sha256: prepared.text('codeSha256') || former.text('code_sha256'),
      last_modified: lambdaTime(scene.now),
      qualified_arn: `${former.text('arn')}:${version}`,
      qualified_invoke_arn: former.text('invoke_arn').replace('/invocations', `:${version}/invocations`),
      source_code_size: prepared.number('codeSize') ?? former.number('source_code_size') ?? 0,
      version,
    };
  },
};

function checkFunction(planned: Attributes, scene: Scene): void {
  if (planned.text('package_type') !== 'Image' && (planned.text('runtime') === '' || planned.text('handler') === ''))
    throw invalid('Runtime and Handler are mandatory parameters for functions created with deployment packages.');
  const accessPointArn = planned.block('file_system_config')?.text('arn') ?? '';
  if (accessPointArn === '') return;
  if (!(planned.block('file_system_config')?.text('local_mount_path') ?? '').startsWith('/mnt/'))
    throw invalid('The local mount path must start with /mnt/.');
  const accessPoint = scene.account.find('aws_efs_access_point', accessPointArn);
  const fileSystemId = accessPoint === undefined ? '' : attributesOf(accessPoint).text('file_system_id');
  const zones =
    planned
      .block('vpc_config')
      ?.texts('subnet_ids')
      .map((id) => zoneOf(scene, id)) ?? [];
  const reachable = scene.account
    .ofType('aws_efs_mount_target')
    .filter((target) => attributesOf(target).text('file_system_id') === fileSystemId)
    .map((target) => attributesOf(target).text('availability_zone_name'));
  if (!zones.every((zone) => reachable.includes(zone)))
    throw invalid(
      `EFS file system ${scene.arn('elasticfilesystem', `file-system/${fileSystemId}`)} referenced by access point ` +
        `${accessPointArn} has mount targets created in all availability zones the function will execute in, but not all ` +
        'are in the available life cycle state yet. Please wait for them to become available and try the request again.',
    );
}

function zoneOf(scene: Scene, subnetId: string): string {
  const subnet = scene.account.find('aws_subnet', subnetId);
  return subnet === undefined ? '' : attributesOf(subnet).text('availability_zone');
}

function lambdaTime(now: Date): string {
  return now.toISOString().replace('Z', '+0000');
}
