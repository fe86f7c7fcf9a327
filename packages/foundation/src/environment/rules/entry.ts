import { contains, overlap, parseCidr } from '../../cidr/cidr';
import { notCanonical } from './network';
import { managedNetwork, type Finding, type Rule } from './rule';

/** What the internet reaches speaks HTTPS, or plain HTTP to named ranges only. */
export const publicEntry: Rule = ({ proxy, profile }) => {
  const { loadBalancer, https, plaintext, allowedCidrs } = proxy;
  if (loadBalancer === 'internal') return unusedSettings(plaintext, allowedCidrs);
  const because = [
    ['proxy', 'loadBalancer'],
    ['proxy', 'https'],
    ['proxy', 'allowedCidrs'],
  ];
  if (https !== undefined) {
    if (!plaintext) return [];
    const message = 'contradicts proxy.https: one entry speaks either';
    return [{ path: ['proxy', 'plaintext'], message, hint: 'remove one of the two', because }];
  }
  if (!plaintext) {
    return [
      {
        path: ['proxy', 'loadBalancer'],
        message: `a ${loadBalancer === 'both' ? 'load balancer that is also public' : 'public load balancer'} without https would carry keys in clear`,
        hint: 'give proxy.https, or plaintext: true with allowedCidrs, or internal',
        because,
      },
    ];
  }
  if (allowedCidrs.length === 0) {
    return [
      {
        path: ['proxy', 'allowedCidrs'],
        message: 'plain HTTP from anywhere: plaintext: true needs to say from where',
        hint: 'the ranges of those who may, such as 203.0.113.7/32',
        because,
      },
    ];
  }
  return allowedCidrs.flatMap((text, index): Finding[] => {
    if (parseCidr(text).prefix >= 8) return [];
    return [
      {
        path: ['proxy', 'allowedCidrs', index],
        message: `${text} lets ${text.endsWith('/0') ? 'the whole internet' : 'a large part of the internet'} in, in clear`,
        hint: profile === 'production' ? 'narrower ranges, or https' : 'narrower ranges',
        severity: profile === 'production' ? 'error' : 'warning',
      },
    ];
  });
};

/** Ranges that begin where they say, and that say each address once. */
export const allowedRanges: Rule = ({ proxy: { allowedCidrs } }) => {
  const ranges = allowedCidrs.map((text) => parseCidr(text));
  return allowedCidrs.flatMap((text, index): Finding[] => {
    const path = ['proxy', 'allowedCidrs', index];
    const range = ranges[index];
    const other = range === undefined ? -1 : ranges.findIndex((before, at) => at < index && overlap(before, range));
    const before = ranges[other];
    if (range === undefined || before === undefined) return notCanonical(text, path);
    const [outer, inner] = contains(before, range) ? [allowedCidrs[other], text] : [text, allowedCidrs[other]];
    return [
      ...notCanonical(text, path),
      { path, message: `${outer ?? ''} already covers ${inner ?? ''}`, hint: 'keep the larger one' },
    ];
  });
};

/** A certificate is used where it lies. */
export const certificateRegion: Rule = ({ proxy: { https }, region }) => {
  const where = https?.certificateArn.split(':')[3];
  if (where === undefined || where === region) return [];
  return [
    {
      path: ['proxy', 'https', 'certificateArn'],
      message: `the certificate is in ${where}, the load balancer in ${region}`,
      hint: `a certificate in ${region}`,
      because: [['region']],
    },
  ];
};

/** Generators inside the VPC need an entry inside the VPC. */
export const generatorsEntry: Rule = (environment) =>
  environment.loadGenerator !== 'none' && environment.proxy.loadBalancer === 'public'
    ? [
        {
          path: ['proxy', 'loadBalancer'],
          message: `generators in the VPC would go out${managedNetwork(environment)?.nat === 'none' ? '' : ' through NAT'} and in again: the detour would be measured, and paid`,
          hint: 'both, or loadGenerator: none',
          severity: 'warning',
          because: [['loadGenerator']],
        },
      ]
    : [];

function unusedSettings(plaintext: boolean, allowedCidrs: readonly string[]): Finding[] {
  const because = [['proxy', 'loadBalancer']];
  const warning = { severity: 'warning', because } as const;
  const hint = 'remove it, or loadBalancer: public';
  return [
    ...(plaintext
      ? [{ path: ['proxy', 'plaintext'], message: 'concerns only a public load balancer', hint, ...warning }]
      : []),
    ...(allowedCidrs.length > 0
      ? [{ path: ['proxy', 'allowedCidrs'], message: 'concern only a public load balancer', hint, ...warning }]
      : []),
  ];
}
