import type { WrongEnvironment } from './wrong-environment';

/** Tasks, workers, and what Fargate offers. */
export const taskSizes: readonly WrongEnvironment[] = [
  {
    what: '8 workers on 4 vCPU',
    sections: { proxy: { workersPerTask: 8 } },
    says: 'proxy.workersPerTask: 8 workers do not fit 4 vCPU (one each) -> at most 4, or raise proxy.cpu',
  },
  {
    what: '2 workers on half a vCPU',
    sections: { proxy: { cpu: 0.5, memoryGb: 2, workersPerTask: 2 } },
    says: 'proxy.workersPerTask: 2 workers do not fit 0.5 vCPU (one each) -> at most 1, or raise proxy.cpu',
  },
  {
    what: 'memory that Fargate does not offer',
    sections: { proxy: { memoryGb: 7 } },
    says: 'proxy.memoryGb: Fargate has no 7 GB for 4 vCPU -> 8 to 30, in steps of 1',
  },
  {
    what: 'memory in steps',
    sections: { proxy: { cpu: 8, memoryGb: 18, workersPerTask: 8 } },
    says: 'proxy.memoryGb: Fargate has no 18 GB for 8 vCPU -> 16 to 60, in steps of 4',
  },
  {
    what: 'memory for a quarter',
    sections: { proxy: { cpu: 0.25, memoryGb: 4, workersPerTask: 1 } },
    says: 'proxy.memoryGb: Fargate has no 4 GB for 0.25 vCPU -> one of 0.5, 1, 2',
  },
  {
    what: 'a CPU that Fargate does not offer',
    sections: { proxy: { cpu: 3, workersPerTask: 3 } },
    says: 'proxy.cpu: Fargate has no 3 vCPU -> one of 0.25, 0.5, 1, 2, 4, 8, 16',
  },
  {
    what: '32 vCPU',
    sections: { proxy: { cpu: 32, memoryGb: 120, workersPerTask: 32 } },
    says: 'proxy.cpu: Fargate has no 32 vCPU -> one of 0.25, 0.5, 1, 2, 4, 8, 16',
  },
  {
    what: 'a size with its unit',
    sections: { proxy: { memoryGb: '8GB' } },
    says: 'proxy.memoryGb: must be a number, not "8GB"',
  },
  { what: 'no tasks', sections: { proxy: { tasks: 0 } }, says: 'proxy.tasks: 0 is too small: at least 1' },
  { what: 'half a task', sections: { proxy: { tasks: 1.5 } }, says: 'proxy.tasks: must be a whole number, not 1.5' },
];
