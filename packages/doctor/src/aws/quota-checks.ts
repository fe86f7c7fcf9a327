import type { Environment } from '@loadlab/foundation';
import type { Finding } from '../check';
import type { Account, Quota, Resource } from './account';
import { generatorsAreSpot, natNeed, vcpuNeed, vpcNeed, type VcpuNeed } from './capacity';

/** Codes of Service Quotas, from `aws service-quotas list-service-quotas`. */
export const QUOTAS = {
  onDemandVcpu: { service: 'fargate', code: 'L-3032A538' },
  spotVcpu: { service: 'fargate', code: 'L-36FBB829' },
  vpcs: { service: 'vpc', code: 'L-F678F1CE' },
  addresses: { service: 'ec2', code: 'L-0263D0A3' },
  natGatewaysPerZone: { service: 'vpc', code: 'L-FE5A380F' },
} as const satisfies Record<string, Quota>;

/** Fargate vCPU of On-Demand tasks: enough for the tasks at all, while they are rolled out, and beside all generators? */
export async function onDemandVcpu(account: Pick<Account, 'quota'>, environment: Environment): Promise<Finding> {
  const limit = await account.quota(QUOTAS.onDemandVcpu);
  const need = vcpuNeed(environment);
  const generators = generatorsAreSpot(environment) ? 0 : need.generators;
  const peak = Math.max(need.rollout, need.steady + generators);
  const seen = `${limit} allowed; ${wordsOf(need, generators)}`;
  if (limit >= peak) return { state: 'ok', seen };
  const remedy = `${raise(QUOTAS.onDemandVcpu, peak, environment.region)} (a new account has 6; it takes hours to days), or fewer tasks`;
  return { state: limit < need.steady ? 'missing' : 'warning', seen, remedy };
}

/** Fargate vCPU of Spot tasks, which only generators are. */
export async function spotVcpu(account: Pick<Account, 'quota'>, environment: Environment): Promise<Finding> {
  const limit = await account.quota(QUOTAS.spotVcpu);
  const { generators } = vcpuNeed(environment);
  const seen = `${limit} allowed; all generators need ${generators}`;
  if (limit >= generators) return { state: 'ok', seen };
  return {
    state: 'warning',
    seen,
    remedy: `${raise(QUOTAS.spotVcpu, generators, environment.region)}, or fewer loadGenerator.maxTasks`,
  };
}

/** VPCs of the region. */
export async function vpcs(account: Account, environment: Environment): Promise<Finding> {
  const [limit, all] = await Promise.all([account.quota(QUOTAS.vpcs), account.vpcs()]);
  return room('VPC', vpcNeed(environment), limit, all, environment, QUOTAS.vpcs, 'network.existing');
}

/** Elastic IPs of the region, one for each NAT gateway. */
export async function addresses(account: Account, environment: Environment): Promise<Finding> {
  const [limit, all] = await Promise.all([account.quota(QUOTAS.addresses), account.addresses()]);
  return room('Elastic IP', natNeed(environment).all, limit, all, environment, QUOTAS.addresses, 'network.nat: single');
}

/** NAT gateways of the fullest zone: which zones Terraform takes is not known before it asks. */
export async function natGateways(account: Account, environment: Environment): Promise<Finding> {
  const [limit, all] = await Promise.all([account.quota(QUOTAS.natGatewaysPerZone), account.natGateways()]);
  const byZone = new Map<string, Resource[]>();
  for (const gateway of all) byZone.set(gateway.zone, [...(byZone.get(gateway.zone) ?? []), gateway]);
  const fullest = [...byZone.values()].sort((left, right) => right.length - left.length)[0] ?? [];
  const { inOneZone } = natNeed(environment);
  return room(
    'NAT gateway of a zone',
    inOneZone,
    limit,
    fullest,
    environment,
    QUOTAS.natGatewaysPerZone,
    'network.existing',
  );
}

/** Whether what is wanted fits beside what is there; what the environment itself has made already is not wanted again. */
function room(
  what: string,
  wanted: number,
  limit: number,
  all: readonly Resource[],
  environment: Environment,
  quota: Quota,
  alternative: string,
): Finding {
  if (wanted === 0) return { state: 'ok', seen: `none is made; ${all.length} of ${limit} are in use` };
  const own = all.filter(({ tags }) => isOf(environment, tags)).length;
  const more = Math.max(0, wanted - own);
  const seen = `${all.length} of ${limit} in use${own > 0 ? `, ${own} by this environment` : ''}; ${more} more ${more === 1 ? 'is' : 'are'} needed`;
  if (more === 0 || all.length + more <= limit) return { state: 'ok', seen };
  return {
    state: 'missing',
    seen,
    remedy: `${raise(quota, all.length + more, environment.region)}, delete a ${what} that nobody uses, or ${alternative}`,
  };
}

/** Tags that the provider puts on everything of an environment. */
function isOf({ namespace, name }: Environment, tags: Readonly<Record<string, string>>): boolean {
  return tags.project === namespace && tags.environment === name;
}

function wordsOf({ gateway, mock }: VcpuNeed, generators: number): string {
  const others = [
    ...(mock > 0 ? [`the mock ${mock}`] : []),
    ...(generators > 0 ? [`all generators ${generators}`] : []),
  ].join(', ');
  return `the gateway needs ${gateway}, and ${2 * gateway} during a rollout${others === '' ? '' : `; ${others}`}`;
}

function raise({ service, code }: Quota, value: number, region: string): string {
  return `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${value} --region ${region}`;
}
