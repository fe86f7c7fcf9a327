/**
 * What Fargate offers on Linux: memory in GB (GiB) from, to and in steps of, by vCPU.
 * @source https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
const SIZES: readonly { readonly cpu: number; readonly memoryGb: readonly number[] }[] = [
  { cpu: 0.25, memoryGb: [0.5, 1, 2] },
  { cpu: 0.5, memoryGb: steps(1, 4, 1) },
  { cpu: 1, memoryGb: steps(2, 8, 1) },
  { cpu: 2, memoryGb: steps(4, 16, 1) },
  { cpu: 4, memoryGb: steps(8, 30, 1) },
  { cpu: 8, memoryGb: steps(16, 60, 4) },
  { cpu: 16, memoryGb: steps(32, 120, 8) },
];

/** The vCPU that a Fargate task can have. */
export const FARGATE_CPUS: readonly number[] = SIZES.map(({ cpu }) => cpu);

/** The memory, in GB, that Fargate offers for a number of vCPU, smallest first; none for a number that it does not have. */
export function fargateMemoryGb(cpu: number): readonly number[] {
  return SIZES.find((size) => size.cpu === cpu)?.memoryGb ?? [];
}

function steps(from: number, to: number, by: number): number[] {
  return Array.from({ length: (to - from) / by + 1 }, (_, index) => from + index * by);
}
