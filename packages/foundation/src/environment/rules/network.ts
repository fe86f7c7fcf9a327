import { LARGEST_VPC_PREFIX, SMALLEST_VPC_PREFIX } from '../../cidr/address-plan';
import { contains, formatCidr, overlap, parseCidr } from '../../cidr/cidr';
import { isPrivateImage, parseImage } from '../litellm-image';
import { managedNetwork, type Finding, type Rule } from './rule';

const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15'].map(
  parseCidr,
);
const UNUSABLE_RANGES = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].map(parseCidr);
/** A load balancer wants a /27 with eight free addresses; AWS makes no subnet smaller than a /28. */
const SMALLEST = { public: 27, private: 28, data: 28 } as const;
const TIERS = ['public', 'private', 'data'] as const;

/** The VPC's range: big enough for its subnets, small enough for AWS, and an address range that can be used. */
export const vpcRange: Rule = (environment) => {
  const network = managedNetwork(environment);
  if (network === undefined) return [];
  const path = ['network', 'cidr'];
  const range = parseCidr(network.cidr);
  const findings = notCanonical(network.cidr, path);
  if (range.prefix < LARGEST_VPC_PREFIX) {
    const hint = `from /${LARGEST_VPC_PREFIX} to /${SMALLEST_VPC_PREFIX}`;
    findings.push({ path, message: `/${range.prefix} is larger than AWS allows for a VPC`, hint });
  }
  if (range.prefix > SMALLEST_VPC_PREFIX && network.subnets === undefined) {
    findings.push({
      path,
      message: `/${range.prefix} is too small: its public subnets would be /${range.prefix + 5}, and a load balancer needs a /27`,
      hint: `from /${LARGEST_VPC_PREFIX} to /${SMALLEST_VPC_PREFIX}`,
    });
  }
  if (UNUSABLE_RANGES.some((unusable) => overlap(unusable, range))) {
    findings.push({
      path,
      message: `${network.cidr} cannot be used by hosts`,
      hint: 'a private range such as 10.40.0.0/16',
    });
  } else if (!PRIVATE_RANGES.some((allowed) => contains(allowed, range))) {
    findings.push({
      path,
      message: `${network.cidr} belongs to others on the internet, who could not be reached any more`,
      hint: 'a private range such as 10.40.0.0/16',
    });
  }
  return findings;
};

/** Ranges of subnets that somebody chose: one a zone, inside the VPC, apart from one another, large enough. */
export const subnetRanges: Rule = (environment) => {
  const network = managedNetwork(environment);
  if (network?.subnets === undefined) return [];
  const { subnets, availabilityZones, cidr } = network;
  const vpc = parseCidr(cidr);
  const because = [['network', 'cidr']];
  const all = TIERS.flatMap((tier) =>
    subnets[tier].map((text, index) => ({
      tier,
      text,
      path: ['network', 'subnets', tier, index],
      range: parseCidr(text),
    })),
  );
  return [
    ...TIERS.filter((tier) => subnets[tier].length !== availabilityZones).map((tier) => ({
      path: ['network', 'subnets', tier],
      message: `ranges for ${subnets[tier].length === 1 ? '1 zone' : `${subnets[tier].length} zones`}, but there are ${availabilityZones}`,
      hint: `one a zone: ${availabilityZones}`,
      because: [['network', 'availabilityZones']],
    })),
    ...all.flatMap(({ text, path }) => notCanonical(text, path)),
    ...all
      .filter(({ range }) => !contains(vpc, range))
      .map(({ text, path }) => ({
        path,
        message: `${text} lies outside ${cidr}`,
        hint: 'a part of network.cidr',
        because,
      })),
    ...all
      .filter(({ tier, range }) => range.prefix > SMALLEST[tier])
      .map(({ tier, text, path }) => ({
        path,
        message: `${text} is too small${tier === 'public' ? ' for a load balancer' : ''}`,
        hint: `at least /${SMALLEST[tier]}`,
      })),
    ...all.flatMap(({ text, path, range }, index) =>
      all
        .slice(0, index)
        .filter((other) => overlap(other.range, range))
        .map((other) => ({
          path,
          message: `${text} overlaps ${other.text} (${other.tier})`,
          hint: 'ranges that share no address',
        })),
    ),
  ];
};

/** Without NAT, images and AWS itself are reached through interface endpoints, and only ECR has those. */
export const withoutNat: Rule = (environment) => {
  const network = managedNetwork(environment);
  if (network?.nat !== 'none') return [];
  const because = [['network', 'nat']];
  const { proxy, mockOpenai, loadGenerator } = environment;
  const images = [
    { section: 'proxy', image: proxy.image },
    ...(mockOpenai === 'none' ? [] : [{ section: 'mockOpenai', image: mockOpenai.image }]),
    ...(loadGenerator === 'none' ? [] : [{ section: 'loadGenerator', image: loadGenerator.image }]),
  ];
  const findings: Finding[] = images
    .filter(({ image }) => {
      const reference = image === undefined ? undefined : parseImage(image);
      return reference === undefined || !isPrivateImage(reference);
    })
    .map(({ section, image }) => ({
      path: [section, 'image'],
      message: `${image === undefined ? 'the default image' : `"${image}"`} is in a public registry, which nothing reaches with nat: none`,
      hint: 'a copy in Amazon ECR (…dkr.ecr.<region>.amazonaws.com/…), or nat: single',
      because,
    }));
  if (!network.interfaceEndpoints) {
    findings.push({
      path: ['network', 'interfaceEndpoints'],
      message: 'nothing would reach ECR, CloudWatch Logs or Secrets Manager with nat: none',
      hint: 'interfaceEndpoints: true, or nat: single',
      because,
    });
  }
  return findings;
};

/** One way out for all zones goes with its zone. */
export const singleNatInProduction: Rule = (environment) =>
  environment.profile === 'production' && managedNetwork(environment)?.nat === 'single'
    ? [
        {
          path: ['network', 'nat'],
          message: 'one NAT for all zones: when its zone fails, no task reaches a model',
          hint: 'perZone',
          severity: 'warning',
        },
      ]
    : [];

/** Subnets that somebody else made: each named once, and public ones where they are needed. */
export const existingSubnets: Rule = ({ network, proxy }) => {
  if (!('existing' in network)) return [];
  const { publicSubnetIds, privateSubnetIds, dataSubnetIds } = network.existing;
  const at = (key: string): string[] => ['network', 'existing', key];
  const findings: Finding[] = [
    ...repeated(publicSubnetIds, at('publicSubnetIds')),
    ...repeated(privateSubnetIds, at('privateSubnetIds')),
    ...repeated(dataSubnetIds, at('dataSubnetIds')),
  ];
  const both = publicSubnetIds.filter((id) => privateSubnetIds.includes(id) || dataSubnetIds.includes(id));
  for (const id of new Set(both)) {
    findings.push({
      path: at('publicSubnetIds'),
      message: `${id} is also among the private ones`,
      hint: 'it is one or the other',
    });
  }
  if (proxy.loadBalancer !== 'internal' && publicSubnetIds.length < 2) {
    findings.push({
      path: at('publicSubnetIds'),
      message: `a public load balancer needs 2 public subnets, in two zones; there ${publicSubnetIds.length === 1 ? 'is 1' : 'are none'}`,
      hint: 'name two, or proxy.loadBalancer: internal',
      because: [['proxy', 'loadBalancer']],
    });
  }
  if (dataSubnetIds.length === 1) {
    findings.push({
      path: at('dataSubnetIds'),
      message: '1 subnet is too few for a database',
      hint: '2, in two zones, or none',
    });
  }
  return findings;
};

/** A range whose first address is not its first address is usually a slip. */
export function notCanonical(text: string, path: readonly (string | number)[]): Finding[] {
  const canonical = formatCidr(parseCidr(text));
  if (canonical === text) return [];
  return [{ path, message: `${text} does not begin at its first address`, hint: `did you mean ${canonical}?` }];
}

function repeated(ids: readonly string[], path: readonly string[]): Finding[] {
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...twice].map((id) => ({ path, message: `${id} stands there twice`, hint: 'each once' }));
}
