import { HTTPS, DIGEST, PRODUCTION } from './ingredients';
import type { WrongEnvironment } from './wrong-environment';

/** Allowed, but probably not meant: said, and gone on with. */
export const doubtful: readonly WrongEnvironment[] = [
  {
    what: 'autoscaling in a benchmark',
    sections: { proxy: { autoscaling: { minTasks: 2, maxTasks: 8 } } },
    says: 'proxy.autoscaling: tasks that come and go in the middle of a run make its figures mean nothing -> none, for benchmarks',
  },
  {
    what: 'a burstable database',
    sections: { database: { instanceClass: 'db.t4g.medium' } },
    says: 'database.instanceClass: db.t4g.medium runs on CPU credits: when they are used up, in the middle of a run, it slows down -> db.m7g.large for a measurement',
  },
  {
    what: 'a public entry only, with generators inside',
    sections: { proxy: { loadBalancer: 'public', https: HTTPS } },
    says: 'proxy.loadBalancer: generators in the VPC would go out through NAT and in again: the detour would be measured, and paid -> both, or loadGenerator: none',
  },
  {
    what: 'ranges for an internal entry',
    sections: { proxy: { allowedCidrs: ['203.0.113.0/24'] } },
    says: 'proxy.allowedCidrs: concern only a public load balancer -> remove it, or loadBalancer: public',
  },
  {
    what: 'plaintext for an internal entry',
    sections: { proxy: { plaintext: true } },
    says: 'proxy.plaintext: concerns only a public load balancer -> remove it, or loadBalancer: public',
  },
  {
    what: 'plain HTTP from everywhere, in a benchmark',
    sections: { proxy: { loadBalancer: 'both', plaintext: true, allowedCidrs: ['0.0.0.0/0'] } },
    says: 'proxy.allowedCidrs[0]: 0.0.0.0/0 lets the whole internet in, in clear -> narrower ranges',
  },
  {
    what: 'one NAT in production',
    sections: { ...PRODUCTION, network: { nat: 'single' } },
    says: 'network.nat: one NAT for all zones: when its zone fails, no task reaches a model -> perZone',
  },
  {
    what: 'one task in production',
    sections: { ...PRODUCTION, proxy: { image: DIGEST, tasks: 1 } },
    says: 'proxy.tasks: one task: its loss is an outage -> at least 2',
  },
  {
    what: 'a tag in production',
    sections: { ...PRODUCTION, proxy: {} },
    says: 'proxy.image: a tag can be pushed again with another content -> add its digest: image:tag@sha256:…',
  },
  {
    what: 'no standby in production',
    sections: { ...PRODUCTION, database: { multiAz: false } },
    says: 'database.multiAz: without a standby the gateway is down for as long as its zone -> true',
  },
  {
    what: 'no database in production',
    sections: { ...PRODUCTION, database: 'none' },
    says: 'database: keys, budgets and spend are kept in no database, so there are none -> describe one',
  },
  {
    what: 'a local state in production',
    sections: { ...PRODUCTION, backend: { local: {} } },
    says: 'backend.local: the only copy of a production state would be on one disk, locked for nobody else -> use s3',
  },
];
