import { isObject } from '../values/masks';
import { textOf } from '../values/text-of';
import { list, plainOpening, type Opening } from './opening';

/** Policies of AWS that give away more than one service: who holds one can do nearly everything. */
const BROAD_POLICY =
  /:policy\/(?:[\w+=,.@-]+\/)*(AdministratorAccess|PowerUserAccess|IAMFullAccess|SystemAdministrator)$/;
const ATTACHMENTS = /^aws_iam_(?:role_|user_|group_)?policy_attachment$/;
const BUCKET_LOCKS: Readonly<Record<string, string>> = {
  block_public_acls: 'ACLs may make the bucket public',
  ignore_public_acls: 'public ACLs of the bucket count',
  block_public_policy: 'a policy may make the bucket public',
  restrict_public_buckets: 'a public policy of the bucket lets in everybody',
};

type Find = (value: Record<string, unknown>) => readonly (string | undefined)[];

/** By type: sentences that follow on "now ", for each thing that is open. */
const EXPOSURES: readonly (readonly [RegExp, Find])[] = [
  [
    /^aws_(?:db|rds|redshift|neptune|docdb|dms|mq|msk)_/,
    ({ publicly_accessible: open }) => [when(open === true, 'the database has a public address')],
  ],
  [/^aws_a?lb$/, ({ internal }) => [when(internal === false, 'the load balancer faces the internet')]],
  [
    /^aws_subnet$/,
    (value) => [when(value.map_public_ip_on_launch === true, 'what starts in the subnet gets a public address')],
  ],
  [/^aws_instance$/, (value) => [when(value.associate_public_ip_address === true, 'the machine has a public address')]],
  [
    /^aws_ecs_service$/,
    ({ network_configuration: networks }) =>
      list(networks).map((network) =>
        when(isObject(network) && network.assign_public_ip === true, 'its tasks have public addresses'),
      ),
  ],
  [
    /^aws_lambda_function_url$/,
    (value) => [when(value.authorization_type === 'NONE', 'anybody can call the function by its address')],
  ],
  [
    /^aws_s3_bucket_acl$/,
    ({ acl }) => [
      when(typeof acl === 'string' && acl.startsWith('public-'), `anybody can use the bucket (ACL ${textOf(acl)})`),
    ],
  ],
  [
    /^aws_eks_cluster$/,
    ({ vpc_config: configs }) =>
      list(configs).map((config) =>
        when(isObject(config) && config.endpoint_public_access === true, 'the cluster’s API has a public address'),
      ),
  ],
  [/^aws_s3_(?:bucket|account)_public_access_block$/, openLocks],
  [
    /^aws_lambda_permission$/,
    ({ principal, action, source_arn: arn, source_account: account }) => [
      when(principal === '*' && !isSet(arn) && !isSet(account), `anybody may ${textOf(action)}`),
      when(
        isService(principal) && !isSet(arn) && !isSet(account),
        `${textOf(principal)} may ${textOf(action)} on behalf of any account (no source_arn)`,
      ),
    ],
  ],
  [
    ATTACHMENTS,
    ({ policy_arn: arn, role, user, users, roles }) => [broad(arn, [role, user, roles, users].flatMap(list)[0])],
  ],
  [/^aws_iam_role$/, ({ managed_policy_arns: arns, name }) => list(arns).map((arn) => broad(arn, name))],
  [
    /^aws_vpc_endpoint_service_allowed_principal$/,
    ({ principal_arn: arn }) => [when(arn === '*', 'anybody may connect to the endpoint service')],
  ],
  [
    /^aws_(?:ami_launch|snapshot_create_volume)_permission$/,
    ({ account_id: account, group }) => [
      when(isSet(account) || isSet(group), `${textOf(account ?? group)} may use it`),
    ],
  ],
];

/** What of a resource is open to the internet, to everybody, or to nearly everything; each is wide. */
export function exposures(type: string, value: Record<string, unknown>): Opening[] {
  return findsOf(type)
    .flatMap((find) => find(value))
    .flatMap((words) => (words === undefined ? [] : [plainOpening(words)]));
}

const known = new Map<string, readonly Find[]>();

/** Looked up once for each type: a plan has thousands of resources, of a few types. */
function findsOf(type: string): readonly Find[] {
  const found = known.get(type) ?? EXPOSURES.filter(([types]) => types.test(type)).map(([, find]) => find);
  known.set(type, found);
  return found;
}

/** What is open without a resource: deleting a lock opens what it kept shut. */
export function exposuresWithout(type: string): Opening[] {
  return /^aws_s3_(?:bucket|account)_public_access_block$/.test(type)
    ? Object.values(BUCKET_LOCKS).map(plainOpening)
    : [];
}

/** A role without the boundary that it had. */
export function boundaryLifted(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  return isSet(before.permissions_boundary) && !isSet(after.permissions_boundary)
    ? ['now no permissions boundary holds it']
    : [];
}

function openLocks(value: Record<string, unknown>): (string | undefined)[] {
  return Object.entries(BUCKET_LOCKS).map(([lock, words]) => when(value[lock] === false, words));
}

function broad(arn: unknown, holder: unknown): string | undefined {
  const name = typeof arn === 'string' ? BROAD_POLICY.exec(arn)?.[1] : undefined;
  return when(
    name !== undefined,
    `${typeof holder === 'string' ? holder : 'it'} may do nearly everything (${name ?? ''})`,
  );
}

function isService(principal: unknown): boolean {
  return typeof principal === 'string' && principal.endsWith('.amazonaws.com');
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function when(condition: boolean, words: string): string | undefined {
  return condition ? words : undefined;
}
