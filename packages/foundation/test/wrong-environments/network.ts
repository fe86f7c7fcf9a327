import type { WrongEnvironment } from './wrong-environment';

/** A network that we make. */
export const network: readonly WrongEnvironment[] = [
  {
    what: 'one zone with a standby',
    sections: { network: { availabilityZones: 1 }, database: { multiAz: true } },
    says: 'network.availabilityZones: 1 is too few: a load balancer and a standby database need 2 zones',
  },
  {
    what: 'four zones',
    sections: { network: { availabilityZones: 4 } },
    says: 'network.availabilityZones: 4 is too many: at most 3',
  },
  {
    what: 'a range that is none',
    sections: { network: { cidr: '10.40.0.0' } },
    says: 'network.cidr: must be an IPv4 range such as 10.40.0.0/16, not "10.40.0.0"',
  },
  {
    what: 'a range that begins elsewhere',
    sections: { network: { cidr: '10.40.7.0/16' } },
    says: 'network.cidr: 10.40.7.0/16 does not begin at its first address -> did you mean 10.40.0.0/16?',
  },
  {
    what: 'a range too small for its subnets',
    sections: { network: { cidr: '10.40.0.0/24' } },
    says: 'network.cidr: /24 is too small: its public subnets would be /29, and a load balancer needs a /27 -> from /16 to /22',
  },
  {
    what: 'a range larger than a VPC',
    sections: { network: { cidr: '10.0.0.0/8' } },
    says: 'network.cidr: /8 is larger than AWS allows for a VPC -> from /16 to /22',
  },
  {
    what: 'a range of the internet',
    sections: { network: { cidr: '8.8.0.0/16' } },
    says: 'network.cidr: 8.8.0.0/16 belongs to others on the internet, who could not be reached any more -> a private range such as 10.40.0.0/16',
  },
  {
    what: 'a range for no hosts',
    sections: { network: { cidr: '169.254.0.0/16' } },
    says: 'network.cidr: 169.254.0.0/16 cannot be used by hosts -> a private range such as 10.40.0.0/16',
  },
  {
    what: 'a misspelt NAT',
    sections: { network: { nat: 'per-zone' } },
    says: 'network.nat: must be single or perZone or none, not "per-zone"',
  },
  {
    what: 'subnets that overlap',
    sections: {
      network: {
        subnets: {
          public: ['10.40.0.0/24', '10.40.1.0/24'],
          private: ['10.40.1.0/24', '10.40.3.0/24'],
          data: ['10.40.4.0/24', '10.40.5.0/24'],
        },
      },
    },
    says: 'network.subnets.private[0]: 10.40.1.0/24 overlaps 10.40.1.0/24 (public) -> ranges that share no address',
  },
  {
    what: 'a subnet outside its VPC',
    sections: {
      network: {
        subnets: {
          public: ['10.41.0.0/24', '10.40.1.0/24'],
          private: ['10.40.2.0/24', '10.40.3.0/24'],
          data: ['10.40.4.0/24', '10.40.5.0/24'],
        },
      },
    },
    says: 'network.subnets.public[0]: 10.41.0.0/24 lies outside 10.40.0.0/16 -> a part of network.cidr',
  },
  {
    what: 'a subnet too few',
    sections: {
      network: {
        subnets: {
          public: ['10.40.0.0/24'],
          private: ['10.40.2.0/24', '10.40.3.0/24'],
          data: ['10.40.4.0/24', '10.40.5.0/24'],
        },
      },
    },
    says: 'network.subnets.public: ranges for 1 zone, but there are 2 -> one a zone: 2',
  },
  {
    what: 'a subnet too small for a load balancer',
    sections: {
      network: {
        subnets: {
          public: ['10.40.0.0/28', '10.40.1.0/24'],
          private: ['10.40.2.0/24', '10.40.3.0/24'],
          data: ['10.40.4.0/24', '10.40.5.0/24'],
        },
      },
    },
    says: 'network.subnets.public[0]: 10.40.0.0/28 is too small for a load balancer -> at least /27',
  },
  {
    what: 'no NAT, but public images',
    sections: { network: { nat: 'none', interfaceEndpoints: true }, mockOpenai: 'none', loadGenerator: 'none' },
    says: 'proxy.image: "ghcr.io/berriai/litellm:v1.108.7" is in a public registry, which nothing reaches with nat: none -> a copy in Amazon ECR (…dkr.ecr.<region>.amazonaws.com/…), or nat: single',
  },
  {
    what: 'no NAT, but the default image of the mock',
    sections: {
      network: { nat: 'none', interfaceEndpoints: true },
      proxy: { image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/litellm:v1.108.7' },
      loadGenerator: 'none',
    },
    says: 'mockOpenai.image: the default image is in a public registry, which nothing reaches with nat: none -> a copy in Amazon ECR (…dkr.ecr.<region>.amazonaws.com/…), or nat: single',
  },
  {
    what: 'no NAT and no endpoints',
    sections: {
      network: { nat: 'none' },
      proxy: { image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/litellm:v1.108.7' },
      mockOpenai: 'none',
      loadGenerator: 'none',
    },
    says: 'network.interfaceEndpoints: nothing would reach ECR, CloudWatch Logs or Secrets Manager with nat: none -> interfaceEndpoints: true, or nat: single',
  },
];
