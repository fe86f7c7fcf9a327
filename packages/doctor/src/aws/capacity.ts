import type { Environment } from '@loadlab/foundation';

/** vCPU that an environment's tasks take. */
export interface VcpuNeed {
  /** The gateway, all tasks. */
  readonly gateway: number;
  readonly mock: number;
  /** Load generators, all of them at once. */
  readonly generators: number;
  /** Gateway and mock in daily life. */
  readonly steady: number;
  /** While the gateway is rolled out: ECS starts the new tasks before it stops the old ones. The mock's turn is another. */
  readonly rollout: number;
}

/** What an environment's tasks take. */
export function vcpuNeed({ proxy, mockOpenai, loadGenerator }: Environment): VcpuNeed {
  const tasks = proxy.autoscaling === 'none' ? proxy.tasks : Math.max(proxy.tasks, proxy.autoscaling.maxTasks);
  const gateway = tasks * proxy.cpu;
  const mock = mockOpenai === 'none' ? 0 : mockOpenai.tasks * mockOpenai.cpu;
  const generators = loadGenerator === 'none' ? 0 : loadGenerator.maxTasks * loadGenerator.cpu;
  return { gateway, mock, generators, steady: gateway + mock, rollout: gateway + mock + Math.max(gateway, mock) };
}

/** Whether the generators are Spot tasks, which have a quota of their own. */
export function generatorsAreSpot({ loadGenerator }: Environment): boolean {
  return loadGenerator !== 'none' && loadGenerator.spot;
}

/** NAT gateways that an environment makes, each with an Elastic IP: all of them, and the most in one zone. */
export function natNeed({ network }: Environment): { readonly all: number; readonly inOneZone: number } {
  if ('existing' in network || network.nat === 'none') return { all: 0, inOneZone: 0 };
  return { all: network.nat === 'perZone' ? network.availabilityZones : 1, inOneZone: 1 };
}

/** VPCs that an environment makes. */
export function vpcNeed({ network }: Environment): number {
  return 'existing' in network ? 0 : 1;
}
