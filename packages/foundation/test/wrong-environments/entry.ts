import { HTTPS, DIGEST } from './ingredients';
import type { WrongEnvironment } from './wrong-environment';

/** Who reaches the gateway, and how. */
export const entry: readonly WrongEnvironment[] = [
  {
    what: 'a public entry in clear',
    sections: { proxy: { loadBalancer: 'public' }, loadGenerator: 'none' },
    says: 'proxy.loadBalancer: a public load balancer without https would carry keys in clear -> give proxy.https, or plaintext: true with allowedCidrs, or internal',
  },
  {
    what: 'both entries in clear',
    sections: { proxy: { loadBalancer: 'both' } },
    says: 'proxy.loadBalancer: a load balancer that is also public without https would carry keys in clear -> give proxy.https, or plaintext: true with allowedCidrs, or internal',
  },
  {
    what: 'plain HTTP from nowhere',
    sections: { proxy: { loadBalancer: 'both', plaintext: true } },
    says: 'proxy.allowedCidrs: plain HTTP from anywhere: plaintext: true needs to say from where -> the ranges of those who may, such as 203.0.113.7/32',
  },
  {
    what: 'plain HTTP from everywhere, in production',
    sections: {
      proxy: { loadBalancer: 'both', plaintext: true, allowedCidrs: ['0.0.0.0/0'], image: DIGEST },
      profile: 'production',
      network: { nat: 'perZone' },
    },
    says: 'proxy.allowedCidrs[0]: 0.0.0.0/0 lets the whole internet in, in clear -> narrower ranges, or https',
  },
  {
    what: 'HTTPS and plain HTTP',
    sections: { proxy: { loadBalancer: 'both', plaintext: true, https: HTTPS, allowedCidrs: ['203.0.113.0/24'] } },
    says: 'proxy.plaintext: contradicts proxy.https: one entry speaks either -> remove one of the two',
  },
  {
    what: 'HTTPS without a domain',
    sections: { proxy: { loadBalancer: 'both', https: { certificateArn: HTTPS.certificateArn } } },
    says: 'proxy.https.domain: is required and missing -> must be a host name that the certificate is for, such as llm.example.com',
  },
  {
    what: 'HTTPS with a URL for a domain',
    sections: { proxy: { loadBalancer: 'both', https: { ...HTTPS, domain: 'https://llm.example.com' } } },
    says: 'proxy.https.domain: must be a host name that the certificate is for, such as llm.example.com, not "https://llm.example.com"',
  },
  {
    what: 'HTTPS without a certificate',
    sections: { proxy: { loadBalancer: 'both', https: { domain: 'llm.example.com' } } },
    says: 'proxy.https.certificateArn: is required and missing -> must be the ARN of a certificate in ACM such as arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
  },
  {
    what: 'a certificate of IAM',
    sections: {
      proxy: {
        loadBalancer: 'both',
        https: { ...HTTPS, certificateArn: 'arn:aws:iam::123456789012:server-certificate/x' },
      },
    },
    says: 'proxy.https.certificateArn: must be the ARN of a certificate in ACM such as arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012, not "arn:aws:iam::123456789012:server-certificate/x"',
  },
  {
    what: 'a certificate in another region',
    sections: { region: 'eu-west-1', proxy: { loadBalancer: 'both', https: HTTPS } },
    says: 'proxy.https.certificateArn: the certificate is in us-east-1, the load balancer in eu-west-1 -> a certificate in eu-west-1',
  },
  {
    what: 'ranges that overlap',
    sections: { proxy: { loadBalancer: 'both', https: HTTPS, allowedCidrs: ['10.0.0.0/8', '10.1.0.0/16'] } },
    says: 'proxy.allowedCidrs[1]: 10.0.0.0/8 already covers 10.1.0.0/16 -> keep the larger one',
  },
  {
    what: 'a range with host bits',
    sections: { proxy: { loadBalancer: 'both', https: HTTPS, allowedCidrs: ['203.0.113.7/24'] } },
    says: 'proxy.allowedCidrs[0]: 203.0.113.7/24 does not begin at its first address -> did you mean 203.0.113.0/24?',
  },
  {
    what: 'an address for a range',
    sections: { proxy: { loadBalancer: 'both', https: HTTPS, allowedCidrs: ['203.0.113.7'] } },
    says: 'proxy.allowedCidrs[0]: must be an IPv4 range such as 10.40.0.0/16, not "203.0.113.7"',
  },
];
