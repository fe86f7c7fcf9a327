/** Memory in GB that Fargate offers for each number of vCPU: from, to, in steps of. */
const OFFERED: readonly { readonly cpu: number; readonly from: number; readonly to: number; readonly step: number }[] =
  [
    { cpu: 0.25, from: 0.5, to: 2, step: 0.5 },
    { cpu: 0.5, from: 1, to: 4, step: 1 },
    { cpu: 1, from: 2, to: 8, step: 1 },
    { cpu: 2, from: 4, to: 16, step: 1 },
    { cpu: 4, from: 8, to: 30, step: 1 },
    { cpu: 8, from: 16, to: 60, step: 4 },
    { cpu: 16, from: 32, to: 120, step: 8 },
  ];

/**
 * The size of a task as ECS writes it: CPU units (1024 a vCPU) and MiB.
 * @throws {Error} for a size that Fargate does not offer
 * @source https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
export function taskSize(cpu: number, memoryGb: number): { readonly cpu: string; readonly memory: string } {
  const offer = OFFERED.find((candidate) => candidate.cpu === cpu);
  if (offer === undefined) {
    throw new Error(`Fargate has no tasks of ${cpu} vCPU; it has ${OFFERED.map((one) => one.cpu).join(', ')}`);
  }
  const { from, to, step } = offer;
  // 0.25 vCPU comes with 0.5, 1 or 2 GB.
  const inSteps = (memoryGb - from) % step === 0 && !(cpu === 0.25 && memoryGb === 1.5);
  if (memoryGb < from || memoryGb > to || !inSteps) {
    throw new Error(`Fargate has no ${memoryGb} GB for ${cpu} vCPU; it has ${from} to ${to} GB in steps of ${step} GB`);
  }
  return { cpu: String(cpu * 1024), memory: String(memoryGb * 1024) };
}
