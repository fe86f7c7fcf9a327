import { AwsError } from '../aws-error';

/** Memory in MiB that Fargate offers for each CPU size (1024 = 1 vCPU): least, most, step. */
const sizes: Readonly<Record<number, readonly [least: number, most: number, step: number]>> = {
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16384, 1024],
  4096: [8192, 30720, 1024],
  8192: [16384, 61440, 4096],
  16384: [32768, 122880, 8192],
};
/** The smallest size is the only one without equal steps. */
const SMALLEST = { cpu: 256, memory: [512, 1024, 2048] };

/**
 * @throws {AwsError} for a pair of CPU units and MiB that Fargate does not offer
 * @source https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
export function checkFargateSize(cpu: number, memory: number): void {
  const [least, most, step] = sizes[cpu] ?? [0, -1, 1];
  const offered =
    cpu === SMALLEST.cpu
      ? SMALLEST.memory.includes(memory)
      : memory >= least && memory <= most && (memory - least) % step === 0;
  if (!offered)
    throw new AwsError(
      'ClientException',
      `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory. See the Amazon ECS documentation for the valid values.`,
    );
}

/** `4096`, `4 vCPU`, `8 GB` -> CPU units or MiB. */
export function unitsOf(text: string): number {
  const [, number = '', unit = ''] = /^([\d.]+)\s*(vcpu|gb)?$/i.exec(text.trim()) ?? [];
  return unit === '' ? Number(number) : Number(number) * 1024;
}
