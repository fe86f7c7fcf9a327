import { didYouMean } from '../../problems/did-you-mean';
import { REGIONS } from '../../aws/regions';
import { isEnvironmentName, nearestName } from '../environment-name';
import { LONGEST_PREFIX, namePrefix } from '../physical-name';
import type { Finding, Rule } from './rule';

/** The folder's name becomes part of ids, state keys, names in AWS and a PostgreSQL schema. */
export const environmentName: Rule = (_environment, name) =>
  isEnvironmentName(name)
    ? []
    : [
        {
          path: [],
          message: `the folder's name "${name}" is no environment's: small letters, digits and single dashes, starting with a letter`,
          hint: `rename the folder, for example to "${nearestName(name)}"`,
        },
      ];

/** Names of load balancers are the shortest of all. */
export const nameLength: Rule = ({ namespace }, name) => {
  const prefix = namePrefix({ namespace, name });
  if (prefix.length <= LONGEST_PREFIX) return [];
  return [
    {
      path: ['namespace'],
      message: `"${prefix}" has ${prefix.length} characters; a load balancer's name may have 32, which leaves ${LONGEST_PREFIX}`,
      hint: `shorten namespace, or the folder's name, by ${prefix.length - LONGEST_PREFIX}`,
    },
  ];
};

/** Regions that exist. */
export const regions: Rule = ({ region, backend }) => [
  ...judgeRegion(region, ['region']),
  // A server of one's own takes any region's name.
  ...(backend.s3 === undefined || backend.s3.endpoint !== undefined
    ? []
    : judgeRegion(backend.s3.region, ['backend', 's3', 'region'])),
];

/** Tags of ours, and AWS's limits. */
export const tags: Rule = (environment) => {
  const keys = Object.keys(environment.tags);
  const ours = ['owner', 'environment', 'project', 'stack', 'expires-at', 'Name'];
  return [
    ...keys
      .filter((key) => ours.includes(key))
      .map((key) => ({
        path: ['tags', key],
        message: 'is set by us',
        hint: key === 'owner' || key === 'expires-at' ? 'use owner and expiresAt' : 'take another name',
      })),
    ...keys
      .filter((key) => /^aws:/i.test(key))
      .map((key) => ({ path: ['tags', key], message: 'aws: is kept for AWS', hint: 'take another name' })),
    ...(keys.length > 40
      ? [{ path: ['tags'], message: `${keys.length} tags are too many`, hint: 'at most 40: AWS takes 50, with ours' }]
      : []),
  ];
};

function judgeRegion(region: string, path: readonly string[]): Finding[] {
  if (REGIONS.includes(region)) return [];
  const ofZone = region.replace(/[a-z]$/, '');
  if (REGIONS.includes(ofZone)) {
    return [{ path, message: `"${region}" is a zone, not a region`, hint: `its region is ${ofZone}` }];
  }
  const likely = didYouMean(region, REGIONS);
  return [
    {
      path,
      message: `AWS has no region "${region}"`,
      hint: likely === undefined ? 'a region such as us-east-1 or eu-central-1' : `did you mean "${likely}"?`,
    },
  ];
}
