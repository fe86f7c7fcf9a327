import { DIGEST } from './ingredients';
import type { WrongEnvironment } from './wrong-environment';

/** Autoscaling. */
export const scaling: readonly WrongEnvironment[] = [
  {
    what: 'autoscaling upside down',
    sections: {
      proxy: { autoscaling: { minTasks: 8, maxTasks: 2 }, image: DIGEST },
      profile: 'production',
      network: { nat: 'perZone' },
    },
    says: 'proxy.autoscaling.minTasks: 8 is more than maxTasks, 2 -> at most maxTasks',
  },
  {
    what: 'tasks outside autoscaling',
    sections: {
      proxy: { tasks: 9, autoscaling: { minTasks: 2, maxTasks: 8 }, image: DIGEST },
      profile: 'production',
      network: { nat: 'perZone' },
    },
    says: "proxy.tasks: to start with 9 is outside autoscaling's 2 to 8 -> a number in that range",
  },
  {
    what: 'autoscaling without a limit',
    sections: { proxy: { autoscaling: { minTasks: 2 } } },
    says: 'proxy.autoscaling.maxTasks: is required and missing -> must be a number',
  },
  {
    what: 'autoscaling switched on',
    sections: { proxy: { autoscaling: true } },
    says: 'proxy.autoscaling: must be the word none, or an object with minTasks, maxTasks, targetCpuPercent, not true',
  },
];
