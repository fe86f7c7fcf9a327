import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Network } from '../network/placement';
import type { SecurityGroup } from '../network/security-group';
import { protections } from '../stack-facts';
import { ApplicationLoadBalancer, type Https } from './application-load-balancer';

/** Settings of what spreads requests over a service's tasks. */
export interface LoadBalancerProps {
  readonly network: Network;
  /** Of the service behind it. */
  readonly name: string;
  /** Who can reach it: the VPC, the internet, or both, each through a load balancer of its own. */
  readonly reach: 'internal' | 'public' | 'both';
  /**
   * For the public one if there is one, else for the internal one.
   * @default - HTTP: fine inside the VPC, refused on the internet unless `plaintext`
   */
  readonly https?: Https;
  /** Lets the public one speak HTTP, to `allowedCidrs` only. @default - false */
  readonly plaintext?: boolean;
  /** IPv4 ranges that may reach the public one. @default - with HTTPS everybody, without it nobody */
  readonly allowedCidrs?: readonly string[];
  /** The tasks' port. */
  readonly targetPort: number;
  /** Answers 200 while the process lives. */
  readonly healthCheckPath: string;
  /** Seconds without a byte after which a connection is closed; shorter than the server's keep-alive, or it races. */
  readonly idleTimeoutSeconds: number;
  /** Seconds that a leaving task may go on with what it has begun. @default - 60 */
  readonly deregistrationDelaySeconds?: number;
  /** @default - by the environment's profile */
  readonly deletionProtection?: boolean;
  /** Whether every request is written to a bucket. @default - with deletion protection */
  readonly accessLogs?: boolean;
}

/** One or two load balancers in front of a service: {@link FargateService} registers its tasks with each. */
export class LoadBalancer extends Construct {
  /** Origin for clients outside, or inside if it is internal only; no slash at the end. */
  readonly url: string;
  /** Origin for clients inside the VPC. */
  readonly internalUrl: string;
  /** The public one if there is one. */
  readonly main: ApplicationLoadBalancer;
  readonly all: readonly ApplicationLoadBalancer[];

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { reach, https } = props;
    const deletionProtection = props.deletionProtection ?? protections(this).deletionProtection;
    const shared = {
      ...props,
      deletionProtection,
      accessLogs: props.accessLogs ?? deletionProtection,
      deregistrationDelaySeconds: props.deregistrationDelaySeconds ?? 60,
    };
    const make = (internal: boolean, allowedCidrs: readonly string[], withHttps: boolean) => {
      const { https: _https, ...rest } = shared;
      return new ApplicationLoadBalancer(this, internal ? 'internal' : 'public', {
        ...rest,
        internal,
        allowedCidrs,
        ...(withHttps && https !== undefined ? { https } : {}),
      });
    };
    const open = reach === 'internal' ? undefined : make(false, admitted(props), true);
    const internal = reach === 'public' ? undefined : make(true, [props.network.vpcCidr], open === undefined);
    this.all = [open, internal].filter((one) => one !== undefined);
    const [main] = this.all;
    if (main === undefined) throw new Error(`"${reach}" makes no load balancer`);
    this.main = main;
    this.url = main.url;
    this.internalUrl = internal?.url ?? main.url;
  }

  /** What tasks must wait for before they can be registered. */
  get listeners(): readonly ITerraformDependable[] {
    return this.all.flatMap(({ listeners }) => listeners);
  }

  /** Lets requests through to the tasks, and nothing else. */
  allowTo(tasks: SecurityGroup, port: number): void {
    for (const { securityGroup } of this.all) {
      securityGroup.allowTo('tasks', tasks, { port, why: 'Requests and health checks' });
    }
  }
}

function admitted({ name, https, plaintext = false, allowedCidrs = [] }: LoadBalancerProps): readonly string[] {
  if (https !== undefined) return allowedCidrs.length === 0 ? ['0.0.0.0/0'] : allowedCidrs;
  if (!plaintext || allowedCidrs.length === 0) {
    throw new Error(`${name}: a public load balancer needs https, or plaintext: true with allowedCidrs`);
  }
  return allowedCidrs;
}
