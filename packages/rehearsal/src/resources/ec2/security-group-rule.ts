import { AwsError } from '../aws-error';
import type { Attributes } from '../../protocol/attributes';
import type { Finding, ResourceType } from '../resource-type';
import { toSecurityGroups } from '../reference-to';
import { parseCidr } from './cidr';
import { ec2 } from './ec2';

const sources = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'] as const;

/** One rule that lets packets in. */
export const ingressRule = ruleType('ingress', 'AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress');
/** One rule that lets packets out. */
export const egressRule = ruleType('egress', 'AuthorizeSecurityGroupEgress', 'RevokeSecurityGroupEgress');

function ruleType(direction: 'ingress' | 'egress', create: string, remove: string): ResourceType {
  return {
    type: `aws_vpc_security_group_${direction}_rule`,
    label: `VPC Security Group ${direction === 'ingress' ? 'Ingress' : 'Egress'} Rule`,
    api: ec2(create, remove, 'ModifySecurityGroupRules'),
    source: `internal/service/ec2/vpc_security_group_${direction}_rule.go`,
    framework: true,
    forceNew: ['security_group_id'],
    references: [
      { ...toSecurityGroups('security_group_id'), blocks: false },
      toSecurityGroups('referenced_security_group_id'),
      // Lists of AWS's own services are always there.
      { attribute: 'prefix_list_id', to: 'aws_ec2_managed_prefix_list', optional: true },
    ],
    unique: [
      {
        of: (values) => [values.text('security_group_id'), peerOf(values), portsOf(values)],
        taken: (values) =>
          new AwsError(
            'InvalidPermission.Duplicate',
            `the specified rule "peer: ${peerOf(values)}, ${portsOf(values)}, ALLOW" already exists`,
          ),
      },
    ],
    validate,
    // A rule can change everything but the kind of its peer.
    plan: ({ prior, planned }) => {
      const [before, after] = [sourceOf(prior), sourceOf(planned)];
      return before === undefined || after === undefined || before === after ? {} : { replace: [before, after] };
    },
    create: ({ planned, scene }) => {
      checkPorts(planned);
      const id = scene.id('sgr');
      return { id, security_group_rule_id: id, arn: scene.arn('ec2', `security-group-rule/${id}`) };
    },
    update: ({ planned }) => {
      checkPorts(planned);
      return {};
    },
  };
}

function validate(config: Attributes): Finding[] {
  const given = sources.filter((name) => config.isSet(name));
  const findings: Finding[] = [];
  if (given.length !== 1)
    findings.push({
      path: '',
      summary: given.length === 0 ? 'Missing Attribute Configuration' : 'Invalid Attribute Combination',
      detail: `Exactly one of these attributes must be configured: [${sources.join(',')}]`,
    });
  const cidr = config.text('cidr_ipv4');
  if (cidr !== '' && parseCidr(cidr) === undefined)
    findings.push({
      path: 'cidr_ipv4',
      summary: 'Invalid Attribute Value',
      detail: `Attribute cidr_ipv4 value must be a valid IPv4 CIDR that represents a network address, got: ${cidr}`,
    });
  return findings;
}

function checkPorts(rule: Attributes): void {
  const [from, to] = [rule.number('from_port'), rule.number('to_port')];
  const protocol = rule.text('ip_protocol');
  if (protocol === '-1') return;
  if (from === undefined || to === undefined)
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.`,
    );
  if (from > to && protocol !== 'icmp')
    throw new AwsError('InvalidParameterValue', `Invalid ${protocol.toUpperCase()} port range: ${from} is above ${to}`);
}

function sourceOf(values: Attributes | undefined): string | undefined {
  return values === undefined ? undefined : sources.find((name) => values.isSet(name));
}

function peerOf(values: Attributes): string {
  return sources.map((name) => values.text(name)).find((text) => text !== '') ?? '';
}

function portsOf(values: Attributes): string {
  const protocol = values.text('ip_protocol');
  if (protocol === '-1') return 'ALL';
  return `${protocol.toUpperCase()}, from port: ${values.number('from_port') ?? -1}, to port: ${values.number('to_port') ?? -1}`;
}
