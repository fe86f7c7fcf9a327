import { ServiceDiscoveryPrivateDnsNamespace } from '@cdktf/provider-aws/lib/service-discovery-private-dns-namespace';
import { ServiceDiscoveryService } from '@cdktf/provider-aws/lib/service-discovery-service';
import { Construct } from 'constructs';
import type { Network } from '../network/placement';
import { labStackOf } from '../stack-facts';

/** A task that stops is gone from everybody's DNS cache this many seconds later. */
const TTL_SECONDS = 10;

/** Settings of a name. */
export interface DiscoveryNameProps {
  readonly network: Pick<Network, 'vpcId'>;
  /** First label of the host name. */
  readonly name: string;
}

/** A name inside the VPC that answers with the addresses of a service's healthy tasks: no load balancer in between. */
export class DiscoveryName extends Construct {
  /** `mock-openai.loadlab-benchmark.internal` */
  readonly host: string;
  readonly registryArn: string;

  constructor(scope: Construct, id: string, props: DiscoveryNameProps) {
    super(scope, id);
    const { environment } = labStackOf(this);
    const domain = `${props.name}.${environment.namespace}-${environment.name}.internal`;
    const namespace = new ServiceDiscoveryPrivateDnsNamespace(this, 'namespace', {
      name: domain.slice(props.name.length + 1),
      description: `Names inside the VPC of ${environment.namespace}, ${environment.name}`,
      vpc: props.network.vpcId,
    });
    const service = new ServiceDiscoveryService(this, 'Resource', {
      name: props.name,
      namespaceId: namespace.id,
      dnsConfig: {
        namespaceId: namespace.id,
        // All healthy tasks in each answer, so that clients spread.
        routingPolicy: 'MULTIVALUE',
        dnsRecords: [{ type: 'A', ttl: TTL_SECONDS }],
      },
      // Health as ECS sees it: from the containers' own checks.
      healthCheckCustomConfig: {},
    });
    this.host = domain;
    this.registryArn = service.arn;
  }
}
