import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener, type LbListenerDefaultAction } from '@cdktf/provider-aws/lib/lb-listener';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { privateSubnets, publicSubnets, type Network } from '../network/placement';
import { SecurityGroup } from '../network/security-group';
import { labStackOf } from '../stack-facts';
import { AccessLogs } from './access-logs';
import { TargetGroup } from './target-group';

/** A certificate and the name that it is for. */
export interface Https {
  /** Of a certificate in ACM, in the stack's region. */
  readonly certificateArn: string;
  /** The name that clients use; its DNS record, pointing at the load balancer, is made elsewhere. */
  readonly domain: string;
}

/** Settings of one load balancer. */
export interface ApplicationLoadBalancerProps {
  readonly network: Network;
  readonly name: string;
  readonly internal: boolean;
  /** @default - it speaks HTTP */
  readonly https?: Https;
  /** Who may reach it, as IPv4 ranges. */
  readonly allowedCidrs: readonly string[];
  readonly targetPort: number;
  readonly healthCheckPath: string;
  readonly idleTimeoutSeconds: number;
  readonly deregistrationDelaySeconds: number;
  readonly deletionProtection: boolean;
  readonly accessLogs: boolean;
}

/** TLS 1.3 and 1.2 with forward secrecy, and key exchange that a later quantum computer cannot undo. */
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
const A_YEAR_SECONDS = 31_536_000;

/** One ALB with its target group and listeners. */
export class ApplicationLoadBalancer extends Construct {
  readonly arn: string;
  /** As CloudWatch names it: `app/<name>/<id>`. */
  readonly arnSuffix: string;
  /** Origin without a slash at the end. */
  readonly url: string;
  readonly targetGroup: TargetGroup;
  readonly securityGroup: SecurityGroup;
  /** A target group takes no tasks before its listener exists. */
  readonly listeners: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ApplicationLoadBalancerProps) {
    super(scope, id);
    const { network, https, internal } = props;
    const name = nameOf(this, internal);
    this.securityGroup = new SecurityGroup(this, 'security-group', {
      network,
      name: `${props.name}-${internal ? 'internal' : 'public'}-balancer`,
      description: `Load balancer of ${props.name}, ${internal ? 'inside the VPC' : 'on the internet'}`,
    });
    this.#admit(props);
    const logs = props.accessLogs ? new AccessLogs(this, 'access-logs', { loadBalancerName: name }) : undefined;
    const balancer = new Lb(this, 'Resource', {
      name,
      loadBalancerType: 'application',
      internal,
      subnets: internal ? privateSubnets(this, network) : publicSubnets(this, network),
      securityGroups: [this.securityGroup.securityGroupId],
      idleTimeout: props.idleTimeoutSeconds,
      enableDeletionProtection: props.deletionProtection,
      // Both against request smuggling; AWS's own defaults are laxer.
      dropInvalidHeaderFields: true,
      desyncMitigationMode: 'strictest',
      ...(logs === undefined ? {} : { accessLogs: { bucket: logs.bucketName, enabled: true } }),
      dependsOn: logs === undefined ? [] : [logs.writable],
    });
    this.arn = balancer.arn;
    this.arnSuffix = balancer.arnSuffix;
    this.targetGroup = new TargetGroup(this, 'targets', { ...props, port: props.targetPort });
    this.listeners = https === undefined ? [this.#http()] : this.#https(https);
    this.url = https === undefined ? `http://${balancer.dnsName}` : `https://${https.domain}`;
  }

  #admit({ allowedCidrs, https }: ApplicationLoadBalancerProps): void {
    allowedCidrs.forEach((cidr, index) => {
      if (https !== undefined) {
        this.securityGroup.allowFromCidr(`https-${index}`, cidr, { port: 443, why: 'Clients' });
      }
      const why = https === undefined ? 'Clients' : 'Clients, sent on to HTTPS';
      this.securityGroup.allowFromCidr(`http-${index}`, cidr, { port: 80, why });
    });
  }

  #http(): LbListener {
    return this.#onPort80({ type: 'forward', targetGroupArn: this.targetGroup.arn });
  }

  /** HTTPS, and HTTP that leads there, once it is there. */
  #https({ certificateArn }: Https): LbListener[] {
    const https = new LbListener(this, 'https', {
      loadBalancerArn: this.arn,
      port: 443,
      protocol: 'HTTPS',
      certificateArn,
      sslPolicy: TLS_POLICY,
      routingHttpResponseStrictTransportSecurityHeaderValue: `max-age=${A_YEAR_SECONDS}`,
      defaultAction: [{ type: 'forward', targetGroupArn: this.targetGroup.arn }],
    });
    const redirect = { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' };
    return [https, this.#onPort80({ type: 'redirect', redirect }, https)];
  }

  /** One listener, whatever it does: a port has one, so that a second one could not be made before the first is gone. */
  #onPort80(action: LbListenerDefaultAction, ...after: readonly ITerraformDependable[]): LbListener {
    return new LbListener(this, 'http', {
      loadBalancerArn: this.arn,
      port: 80,
      protocol: 'HTTP',
      defaultAction: [action],
      dependsOn: [...after],
    });
  }
}

/** Without the stack's name: AWS allows 32 characters, and an environment has one gateway. */
function nameOf(scope: Construct, internal: boolean): string {
  const { environment } = labStackOf(scope);
  return `${environment.namespace}-${environment.name}-${internal ? 'internal' : 'public'}`;
}
