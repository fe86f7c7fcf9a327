import type { KnownValues } from '../../protocol/value';
import { AwsError } from '../aws-error';
import { attributesOf, type Attributes } from '../../protocol/attributes';
import { rangeRule } from '../naming';
import type { Finding, Reference, ResourceType } from '../resource-type';
import { elb, elbNotFound } from './elb';

const ACTIONS = [
  'forward',
  'authenticate-oidc',
  'authenticate-cognito',
  'redirect',
  'fixed-response',
  'jwt-validation',
];
const REDIRECT_DEFAULTS = {
  'redirect.host': '#{host}',
  'redirect.path': '/#{path}',
  'redirect.port': '#{port}',
  'redirect.protocol': '#{protocol}',
  'redirect.query': '#{query}',
};

function actionDefaults(block: string): Record<string, string> {
  return Object.fromEntries(Object.entries(REDIRECT_DEFAULTS).map(([path, value]) => [`${block}.${path}`, value]));
}

function toTargetGroups(block: string): Reference[] {
  return ['target_group_arn', 'forward.target_group.arn'].map((attribute) => ({
    attribute: `${block}.${attribute}`,
    to: 'aws_lb_target_group',
    blocks: true,
  }));
}

/** A port of a load balancer, and what happens to requests there. */
export const listener: ResourceType = {
  type: 'aws_lb_listener',
  label: 'ELBv2 Listener',
  api: elb('CreateListener', 'DeleteListener', 'ModifyListener'),
  source: 'internal/service/elbv2/listener.go',
  forceNew: ['load_balancer_arn'],
  defaults: actionDefaults('default_action'),
  allowed: {
    protocol: ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'GENEVE', 'QUIC', 'TCP_QUIC'],
    'default_action.type': ACTIONS,
    'default_action.redirect.status_code': ['HTTP_301', 'HTTP_302'],
  },
  computedBlocks: ['mutual_authentication'],
  references: [{ attribute: 'load_balancer_arn', to: 'aws_lb' }, ...toTargetGroups('default_action')],
  unique: [
    {
      of: (values) => [values.text('load_balancer_arn'), String(values.number('port') ?? '')],
      taken: (values) =>
        new AwsError(
          'DuplicateListener',
          `A listener already exists on this port for this load balancer '${values.text('load_balancer_arn')}'`,
        ),
    },
  ],
  notFound: elbNotFound('ListenerNotFound', 'Listeners'),
  inUse: ({ id }) => new AwsError('ResourceInUse', `Listener '${id}' is currently in use`),
  validate: (config) => [...rangeRule(config, 'port', 1, 65535), ...actionFindings(config, 'default_action')],
  create: ({ planned, scene }) => {
    checkCertificate(planned);
    const balancer = planned.text('load_balancer_arn');
    const arn = `${balancer.replace(':loadbalancer/', ':listener/')}/${scene.hex(16)}`;
    const isSecure = planned.text('protocol') === 'HTTPS';
    return {
      id: arn,
      arn,
      protocol: 'HTTP',
      ssl_policy: isSecure ? 'ELBSecurityPolicy-2016-08' : '',
      default_action: orders(planned, 'default_action'),
      mutual_authentication: isSecure
        ? [
            {
              advertise_trust_store_ca_names: '',
              ignore_client_certificate_expiry: false,
              mode: 'off',
              trust_store_arn: '',
            },
          ]
        : [],
      routing_http_response_server_enabled: true,
    };
  },
  update: ({ planned }) => {
    checkCertificate(planned);
    return { default_action: orders(planned, 'default_action') };
  },
  remove: ({ current, scene }) => {
    for (const rule of scene.account.ofType('aws_lb_listener_rule'))
      if (attributesOf(rule).text('listener_arn') === current.id) scene.account.remove(rule);
  },
};

/** What happens to some of the requests on a port. */
export const listenerRule: ResourceType = {
  type: 'aws_lb_listener_rule',
  label: 'ELBv2 Listener Rule',
  api: elb('CreateRule', 'DeleteRule', 'ModifyRule'),
  source: 'internal/service/elbv2/listener_rule.go',
  forceNew: ['listener_arn'],
  defaults: actionDefaults('action'),
  allowed: { 'action.type': ACTIONS, 'action.redirect.status_code': ['HTTP_301', 'HTTP_302'] },
  references: [{ attribute: 'listener_arn', to: 'aws_lb_listener' }, ...toTargetGroups('action')],
  unique: [
    {
      of: (values) => [values.text('listener_arn'), String(values.number('priority') ?? '')],
      taken: (values) =>
        new AwsError('PriorityInUse', `Priority '${values.number('priority') ?? ''}' is currently in use`),
    },
  ],
  validate: (config) => [...rangeRule(config, 'priority', 1, 50000), ...actionFindings(config, 'action')],
  create: ({ planned, scene }) => {
    const listenerArn = planned.text('listener_arn');
    const taken = scene.account
      .ofType('aws_lb_listener_rule')
      .filter((rule) => attributesOf(rule).text('listener_arn') === listenerArn)
      .map((rule) => attributesOf(rule).number('priority') ?? 0);
    const arn = `${listenerArn.replace(':listener/', ':listener-rule/')}/${scene.hex(16)}`;
    return { id: arn, arn, priority: Math.max(0, ...taken) + 1, action: orders(planned, 'action') };
  },
  update: ({ planned }) => ({ action: orders(planned, 'action') }),
};

/** AWS numbers the actions that were not numbered. */
function orders(planned: Attributes, block: string): KnownValues[] {
  return planned.blocks(block).map((_action, index) => ({ order: index + 1 }));
}

function checkCertificate(planned: Attributes): void {
  const protocol = planned.text('protocol');
  const certificate = planned.text('certificate_arn');
  if (['HTTPS', 'TLS'].includes(protocol) && certificate === '')
    throw new AwsError('ValidationError', `A certificate must be specified for ${protocol} listeners`);
  if (protocol === 'HTTP' && (certificate !== '' || planned.text('ssl_policy') !== ''))
    throw new AwsError('ValidationError', 'A certificate cannot be specified for HTTP listeners');
}

function actionFindings(config: Attributes, block: string): Finding[] {
  return config.blocks(block).flatMap((action, index): Finding[] => {
    const missing = (what: string): Finding[] => [
      {
        path: `${block}.${index}.type`,
        summary: `Attribute "${block}[${index}].${what}" must be specified when "${block}[${index}].type" is "${action.text('type')}".`,
      },
    ];
    const targets = action.values.target_group_arn !== null || action.block('forward') !== undefined;
    if (action.text('type') === 'forward' && !targets) return missing('target_group_arn" or "forward');
    if (action.text('type') === 'redirect' && action.block('redirect') === undefined) return missing('redirect');
    if (action.text('type') === 'fixed-response' && action.block('fixed_response') === undefined)
      return missing('fixed_response');
    return [];
  });
}
