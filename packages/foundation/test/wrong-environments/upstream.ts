import type { WrongEnvironment } from './wrong-environment';

/** The mock upstream and the load generators. */
export const upstream: readonly WrongEnvironment[] = [
  {
    what: 'a latency without its unit',
    sections: { mockOpenai: { latency: 100 } },
    says: 'mockOpenai.latency: must be a duration such as 250ms, 1.5s, 5m or 1h, not 100',
  },
  {
    what: 'a latency in words',
    sections: { mockOpenai: { latency: 'fast' } },
    says: 'mockOpenai.latency: must be a duration such as 250ms, 1.5s, 5m or 1h, not "fast"',
  },
  {
    what: 'an endless latency',
    sections: { mockOpenai: { latency: '1h' } },
    says: 'mockOpenai.latency: may be at most 10m',
  },
  {
    what: 'a mock that Fargate does not offer',
    sections: { mockOpenai: { cpu: 1, memoryGb: 16 } },
    says: 'mockOpenai.memoryGb: Fargate has no 16 GB for 1 vCPU -> 2 to 8, in steps of 1',
  },
  {
    what: 'a mock by its latest image',
    sections: { mockOpenai: { image: 'public.ecr.aws/docker/library/node:latest' } },
    says: 'mockOpenai.image: "public.ecr.aws/docker/library/node:latest" can be another image tomorrow -> a tag that names a version, or a digest: two runs must mean the same software',
  },
  {
    what: 'a generator that Fargate does not offer',
    sections: { loadGenerator: { cpu: 2, memoryGb: 2 } },
    says: 'loadGenerator.memoryGb: Fargate has no 2 GB for 2 vCPU -> 4 to 16, in steps of 1',
  },
  {
    what: 'a misspelt generator',
    sections: { loadGenerator: { maxTask: 4 } },
    says: 'loadGenerator.maxTask: unknown key -> did you mean "maxTasks"?',
  },
];
