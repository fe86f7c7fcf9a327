import { HTTPS } from './ingredients';
import type { WrongEnvironment } from './wrong-environment';

/** A network that somebody else made. */
export const existingNetwork: readonly WrongEnvironment[] = [
  {
    what: 'an existing network with NAT',
    sections: {
      network: {
        existing: { vpcId: 'vpc-0123456789abcdef0', privateSubnetIds: ['subnet-00000001', 'subnet-00000002'] },
        nat: 'single',
      },
    },
    says: 'network.nat: has no meaning beside existing: that network is as it is',
  },
  {
    what: 'an existing network by name',
    sections: { network: { existing: { vpcId: 'main', privateSubnetIds: ['subnet-00000001', 'subnet-00000002'] } } },
    says: 'network.existing.vpcId: must be a VPC id such as vpc-0123456789abcdef0, not "main"',
  },
  {
    what: 'an existing network with one subnet',
    sections: { network: { existing: { vpcId: 'vpc-0123456789abcdef0', privateSubnetIds: ['subnet-00000001'] } } },
    says: 'network.existing.privateSubnetIds: needs two subnets, in two zones: a load balancer does',
  },
  {
    what: 'an existing network with a subnet twice',
    sections: {
      network: {
        existing: { vpcId: 'vpc-0123456789abcdef0', privateSubnetIds: ['subnet-00000001', 'subnet-00000001'] },
      },
    },
    says: 'network.existing.privateSubnetIds: subnet-00000001 stands there twice -> each once',
  },
  {
    what: 'an existing network with a subnet in two tiers',
    sections: {
      network: {
        existing: {
          vpcId: 'vpc-0123456789abcdef0',
          publicSubnetIds: ['subnet-00000001', 'subnet-00000003'],
          privateSubnetIds: ['subnet-00000001', 'subnet-00000002'],
        },
      },
    },
    says: 'network.existing.publicSubnetIds: subnet-00000001 is also among the private ones -> it is one or the other',
  },
  {
    what: 'an existing network with one subnet for the database',
    sections: {
      network: {
        existing: {
          vpcId: 'vpc-0123456789abcdef0',
          privateSubnetIds: ['subnet-00000001', 'subnet-00000002'],
          dataSubnetIds: ['subnet-00000003'],
        },
      },
    },
    says: 'network.existing.dataSubnetIds: 1 subnet is too few for a database -> 2, in two zones, or none',
  },
  {
    what: 'a public entry without public subnets',
    sections: {
      network: {
        existing: { vpcId: 'vpc-0123456789abcdef0', privateSubnetIds: ['subnet-00000001', 'subnet-00000002'] },
      },
      proxy: { loadBalancer: 'both', https: HTTPS },
    },
    says: 'network.existing.publicSubnetIds: a public load balancer needs 2 public subnets, in two zones; there are none -> name two, or proxy.loadBalancer: internal',
  },
];
