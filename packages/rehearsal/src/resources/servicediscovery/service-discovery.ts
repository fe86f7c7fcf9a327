import { AwsError } from '../aws-error';
import { attributesOf } from '../../protocol/attributes';
import type { ResourceType } from '../resource-type';

/** A private domain, for names inside a VPC. */
export const privateDnsNamespace: ResourceType = {
  type: 'aws_service_discovery_private_dns_namespace',
  label: 'Service Discovery Private DNS Namespace',
  api: {
    service: 'ServiceDiscovery',
    create: 'CreatePrivateDnsNamespace',
    update: 'UpdatePrivateDnsNamespace',
    delete: 'DeleteNamespace',
  },
  source: 'internal/service/servicediscovery/private_dns_namespace.go',
  forceNew: ['name', 'vpc'],
  references: [{ attribute: 'vpc', to: 'aws_vpc' }],
  unique: [
    {
      of: (values) => [values.text('vpc'), values.text('name')],
      taken: (values) =>
        new AwsError(
          'ConflictingDomainExists',
          `Conflicting hosted zone for ${values.text('name')} exists in VPC ${values.text('vpc')}`,
        ),
    },
  ],
  notFound: (id) => new AwsError('NamespaceNotFound', `Unable to find namespace with id ${id}`),
  inUse: ({ id }) => new AwsError('ResourceInUse', `Namespace ${id} has associated services, and cannot be deleted`),
  create: ({ scene }) => {
    const id = `ns-${scene.hex(16)}`;
    return {
      id,
      arn: scene.arn('servicediscovery', `namespace/${id}`),
      hosted_zone: `Z0${scene.hex(18).toUpperCase()}`,
    };
  },
  // The provider wants `namespace-id:vpc-id`.
  importId: (given) => given.split(':')[0] ?? given,
};

/** A namespace that is found by API calls only. */
export const httpNamespace: ResourceType = {
  type: 'aws_service_discovery_http_namespace',
  label: 'Service Discovery HTTP Namespace',
  api: { service: 'ServiceDiscovery', create: 'CreateHttpNamespace', delete: 'DeleteNamespace' },
  source: 'internal/service/servicediscovery/http_namespace.go',
  forceNew: ['name', 'description'],
  inUse: ({ id }) => new AwsError('ResourceInUse', `Namespace ${id} has associated services, and cannot be deleted`),
  create: ({ planned, scene }) => {
    const id = `ns-${scene.hex(16)}`;
    return { id, arn: scene.arn('servicediscovery', `namespace/${id}`), http_name: planned.text('name') };
  },
};

const NAMESPACES = ['aws_service_discovery_private_dns_namespace', 'aws_service_discovery_http_namespace'];

/** A name in a namespace. */
export const discoveryService: ResourceType = {
  type: 'aws_service_discovery_service',
  label: 'Service Discovery Service',
  api: { service: 'ServiceDiscovery', create: 'CreateService', update: 'UpdateService', delete: 'DeleteService' },
  source: 'internal/service/servicediscovery/service.go',
  forceNew: [
    'name',
    'namespace_id',
    'type',
    'dns_config.namespace_id',
    'dns_config.routing_policy',
    'dns_config.dns_records.type',
    'health_check_custom_config',
  ],
  defaults: { force_destroy: false, 'dns_config.routing_policy': 'MULTIVALUE' },
  allowed: {
    'dns_config.routing_policy': ['MULTIVALUE', 'WEIGHTED'],
    'dns_config.dns_records.type': ['SRV', 'A', 'AAAA', 'CNAME'],
  },
  onlyInState: ['force_destroy'],
  references: [
    { attribute: 'namespace_id', to: NAMESPACES, blocks: true },
    { attribute: 'dns_config.namespace_id', to: NAMESPACES, blocks: true },
  ],
  unique: [
    {
      of: (values) => [
        values.text('namespace_id') || (values.block('dns_config')?.text('namespace_id') ?? ''),
        values.text('name'),
      ],
      taken: () => new AwsError('ServiceAlreadyExists', 'Service already exists.'),
    },
  ],
  inUse: () =>
    new AwsError(
      'ResourceInUse',
      'Service contains registered instances; delete the instances before deleting the service',
    ),
  create: ({ planned, scene }) => {
    const id = `srv-${scene.hex(16)}`;
    const namespaceId = planned.text('namespace_id') || (planned.block('dns_config')?.text('namespace_id') ?? '');
    const namespace = scene.account.find('aws_service_discovery_private_dns_namespace', namespaceId);
    return {
      id,
      arn: scene.arn('servicediscovery', `service/${id}`),
      namespace_id: namespaceId,
      type: namespace !== undefined && attributesOf(namespace).text('vpc') !== '' ? 'DNS_HTTP' : 'HTTP',
    };
  },
};
