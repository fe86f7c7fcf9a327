import type { Resource, SynthesizedStack } from './read-stacks';
import { References } from './references';

/** Where a resource lives: in a tier of the VPC by the subnets it refers to, or outside. */
const TIERS = ['public', 'private', 'data', 'outside'] as const;
type Tier = (typeof TIERS)[number];

/** A column of the picture: a tier, the private one in two, what runs and the files that it runs from. */
export const LANES = ['public', 'private', 'files', 'data', 'outside'] as const;
export type Lane = (typeof LANES)[number];

const KEEPERS_OF_FILES = new Set(['aws_efs_file_system', 'aws_lambda_function']);

/** Something worth a box. */
export interface Box {
  readonly key: string;
  readonly stack: string;
  readonly lane: Lane;
  readonly title: string;
  readonly detail: string;
}

/** Traffic that a security group rule lets through, or a mount. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly kind: 'traffic' | 'mount';
}

/** What is drawn. Everything in it is read out of the synthesized stacks. */
export interface Picture {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

type Describe = (resource: Resource, references: References) => { title: string; detail: string };

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** Types that get a box, in the order in which they are stacked. */
const BOXES: Readonly<Record<string, Describe>> = {
  aws_nat_gateway: () => ({ title: 'NAT gateway', detail: 'the way out' }),
  aws_lb: ({ attributes }) => ({
    title: 'Load balancer',
    detail: attributes.internal === false ? 'public' : 'internal',
  }),
  aws_ecs_service: ({ attributes, stack, name }, references) => {
    const definition = references
      .of(stack, attributes.task_definition)
      .find(({ type }) => type === 'aws_ecs_task_definition');
    const size =
      definition === undefined
        ? ''
        : `, ${Number(definition.attributes.cpu) / 1024} vCPU, ${Number(definition.attributes.memory) / 1024} GB`;
    return { title: `Fargate: ${name.replace(/_.*$/, '')}`, detail: `${text(attributes.desired_count)} tasks${size}` };
  },
  aws_batch_compute_environment: () => ({ title: 'Batch on Fargate', detail: 'load generators' }),
  aws_db_instance: ({ attributes }) => ({
    title: 'PostgreSQL',
    detail: `${text(attributes.engine_version)}, ${text(attributes.instance_class)}, ${attributes.multi_az === true ? 'two zones' : 'one zone'}`,
  }),
  aws_efs_file_system: () => ({ title: 'EFS', detail: 'published files, encrypted' }),
  aws_lambda_function: ({ name }) => {
    const task = name.replace(/_.*$/, '');
    const does: Readonly<Record<string, string>> = {
      deployer: 'makes the steps of a deployment',
      readiness: 'asks each new task',
    };
    return { title: `Lambda: ${task}`, detail: does[task] ?? 'publishes files' };
  },
  aws_s3_bucket: ({ name }) => ({ title: 'S3 bucket', detail: name.replace(/_.*$/, '') }),
  aws_secretsmanager_secret: ({ name }) => ({ title: 'Secret', detail: name.replace(/_.*$/, '') }),
};

/** Reads the picture out of the stacks. */
export function pictureOf(stacks: readonly SynthesizedStack[]): Picture {
  const references = new References(stacks);
  const resources = stacks.flatMap((stack) => stack.resources);
  const boxed = resources.filter(({ type }) => type in BOXES);
  const boxes = boxed.map((resource): Box => ({
    key: resource.key,
    stack: resource.stack,
    lane: laneOf(resource, resources, references),
    ...describe(resource, references),
  }));
  const traffic = trafficOf(resources, boxed, references);
  // Whoever mounts files reaches them by a rule as well: one arrow says both.
  const mounts = mountsOf(resources, boxed, references).filter(
    ({ from, to }) => !traffic.some((arrow) => arrow.from === from && arrow.to === to),
  );
  return { boxes, arrows: [...traffic, ...mounts] };
}

function describe(resource: Resource, references: References): { title: string; detail: string } {
  const found = BOXES[resource.type]?.(resource, references);
  return found ?? { title: resource.type, detail: resource.name };
}

function laneOf(resource: Resource, resources: readonly Resource[], references: References): Lane {
  const tier = tierOf(resource, resources, references);
  return tier === 'private' && KEEPERS_OF_FILES.has(resource.type) ? 'files' : tier;
}

/** By the subnets that it, or what belongs to it (mount targets, subnet groups), refers to. */
function tierOf(resource: Resource, resources: readonly Resource[], references: References): Tier {
  const belongings =
    resource.type === 'aws_efs_file_system'
      ? resources.filter(
          ({ type, stack, attributes }) =>
            type === 'aws_efs_mount_target' && references.of(stack, attributes.file_system_id).includes(resource),
        )
      : [];
  const touched = [resource, ...belongings].flatMap(({ stack, attributes }) => references.of(stack, attributes));
  const groups = touched
    .filter(({ type }) => type === 'aws_db_subnet_group')
    .flatMap(({ stack, attributes }) => references.of(stack, attributes));
  const subnet = [...touched, ...groups].find(({ type }) => type === 'aws_subnet');
  return TIERS.find((tier) => subnet?.name.startsWith(tier)) ?? 'outside';
}

/** A rule that lets one security group's members reach another's. */
function trafficOf(resources: readonly Resource[], boxed: readonly Resource[], references: References): Arrow[] {
  const members = (group: Resource): Resource[] =>
    boxed.filter(({ stack, attributes }) => references.of(stack, attributes).includes(group));
  const filesOf = (group: Resource): Resource[] =>
    resources
      .filter(
        ({ type, stack, attributes }) =>
          type === 'aws_efs_mount_target' && references.of(stack, attributes).includes(group),
      )
      .flatMap(({ stack, attributes }) => references.of(stack, attributes.file_system_id));
  return resources
    .filter(({ type }) => type === 'aws_vpc_security_group_ingress_rule')
    .flatMap(({ stack, attributes }) => {
      const [from] = references.of(stack, attributes.referenced_security_group_id);
      const [to] = references.of(stack, attributes.security_group_id);
      if (from === undefined || to === undefined) return [];
      const targets = [...members(to), ...filesOf(to)];
      return members(from).flatMap((source) =>
        [...new Set(targets)]
          .filter((target) => target !== source)
          .map((target): Arrow => ({
            from: source.key,
            to: target.key,
            label: portOf(stack, attributes.from_port, references),
            kind: 'traffic',
          })),
      );
    });
}

/** A task definition's volume, or a function's file system: who mounts which files. */
function mountsOf(resources: readonly Resource[], boxed: readonly Resource[], references: References): Arrow[] {
  const files = resources.filter(({ type }) => type === 'aws_efs_file_system');
  const mounts = boxed.flatMap((resource): Arrow[] => {
    const definitions = references
      .of(resource.stack, resource.attributes)
      .filter(({ type }) => type === 'aws_ecs_task_definition' || type === 'aws_efs_access_point');
    const reached = [resource, ...definitions].flatMap(({ stack, attributes }) => references.of(stack, attributes));
    return files
      .filter((file) => file !== resource && reached.includes(file))
      .map((file) => ({ from: resource.key, to: file.key, label: 'mounts', kind: 'mount' }));
  });
  return mounts;
}

/** A port that another stack publishes is that of the resource behind it. */
function portOf(stack: string, value: unknown, references: References): string {
  const [owner] = references.of(stack, value);
  return text(owner?.attributes.port ?? references.literal(value));
}
