import { SecurityGroup as AwsSecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { physicalName } from '../stack-facts';
import type { Network } from './placement';

/** Settings of a security group. */
export interface SecurityGroupProps {
  readonly network: Pick<Network, 'vpcId'>;
  /** Last part of its name: `tasks`. */
  readonly name: string;
  /** What is behind it. */
  readonly description: string;
}

/** A security group, ours or of another stack. */
export interface Peer {
  readonly securityGroupId: string;
}

/** One kind of traffic: TCP to a port, and why. */
export interface Traffic {
  readonly port: number;
  /** Shown in the console, at the rule. */
  readonly why: string;
}

/**
 * A security group that lets nothing in and nothing out until it is told to: one rule a resource, each with its reason,
 * so that a plan shows each opening by itself and two groups can name each other.
 */
export class SecurityGroup extends Construct implements Peer {
  readonly securityGroupId: string;
  readonly #rules: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    const group = new AwsSecurityGroup(this, 'Resource', {
      // Neither a group in use nor one whose interfaces Lambda still holds can be deleted: a new one comes first.
      namePrefix: `${physicalName(this, props.name)}-`,
      lifecycle: { createBeforeDestroy: true },
      description: props.description,
      vpcId: props.network.vpcId,
      // Lambda gives its network interfaces back up to 45 minutes after its last function is gone.
      timeouts: { delete: '60m' },
    });
    this.securityGroupId = group.id;
  }

  /**
   * All rules so far, on either side. Who serves behind the group depends on them: while it is destroyed they must
   * outlive it, or its last requests hang.
   */
  get rules(): readonly ITerraformDependable[] {
    return this.#rules;
  }

  /** Lets traffic out to a peer, and in there: a pair of rules that belongs to this side. */
  allowTo(id: string, peer: Peer, traffic: Traffic): void {
    const egress = new VpcSecurityGroupEgressRule(this, `to-${id}`, {
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: peer.securityGroupId,
      ...tcp(traffic),
    });
    const ingress = new VpcSecurityGroupIngressRule(this, `into-${id}`, {
      securityGroupId: peer.securityGroupId,
      referencedSecurityGroupId: this.securityGroupId,
      ...tcp(traffic),
    });
    this.#rules.push(egress, ingress);
    if (peer instanceof SecurityGroup) peer.#rules.push(egress, ingress);
  }

  /** Lets traffic out to a range of addresses. */
  allowToCidr(id: string, cidrIpv4: string, traffic: Traffic): void {
    const securityGroupId = this.securityGroupId;
    this.#rules.push(new VpcSecurityGroupEgressRule(this, `to-${id}`, { securityGroupId, cidrIpv4, ...tcp(traffic) }));
  }

  /** Lets traffic in from a range of addresses. */
  allowFromCidr(id: string, cidrIpv4: string, traffic: Traffic): void {
    const securityGroupId = this.securityGroupId;
    this.#rules.push(
      new VpcSecurityGroupIngressRule(this, `from-${id}`, { securityGroupId, cidrIpv4, ...tcp(traffic) }),
    );
  }
}

function tcp({ port, why }: Traffic) {
  return { ipProtocol: 'tcp', fromPort: port, toPort: port, description: why };
}
