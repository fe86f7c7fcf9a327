import { FARGATE_CPUS, fargateMemoryGb } from './fargate-size';
import { RDS_FAMILIES, rdsInstanceClass, rdsMaxConnections } from './rds-instance';
import { REGIONS } from './regions';

const GIB = 1024 ** 3;

describe('Fargate', () => {
  it.each([
    [0.25, [0.5, 1, 2], 3],
    [0.5, [1, 4], 4],
    [1, [2, 8], 7],
    [2, [4, 16], 13],
    [4, [8, 30], 23],
    [8, [16, 60], 12],
    [16, [32, 120], 12],
  ])('offers %d vCPU with memory in %j GB (%i sizes)', (cpu, memory, count) => {
    const offered = fargateMemoryGb(cpu);
    expect(offered).toEqual(expect.arrayContaining(memory));
    expect(offered[0]).toBe(memory[0]);
    expect(offered.at(-1)).toBe(memory.at(-1));
    expect(offered).toHaveLength(count);
  });

  it('offers nothing in between', () => {
    expect(fargateMemoryGb(3)).toEqual([]);
    expect(fargateMemoryGb(8)).not.toContain(18);
    expect(FARGATE_CPUS).toEqual([0.25, 0.5, 1, 2, 4, 8, 16]);
  });
});

describe('an RDS instance class', () => {
  it.each([
    ['db.t4g.micro', 1, true],
    ['db.t3.medium', 4, true],
    ['db.m7g.large', 8, false],
    ['db.m6id.12xlarge', 192, false],
    ['db.r7g.large', 16, false],
    ['db.r8g.24xlarge', 768, false],
  ])('%s has %i GiB', (name, gib, burstable) => {
    expect(rdsInstanceClass(name)).toEqual({ memoryBytes: gib * GIB, burstable });
  });

  it.each(['db.m7g', 'm7g.large', 'db.x9.large', 'db.m7g.micro', 'db.t4g.4xlarge', 'db.m7g.3xlarge', ''])(
    '%j does not exist',
    (name) => {
      expect(rdsInstanceClass(name)).toBeUndefined();
    },
  );

  it.each([
    [1, 112],
    [4, 450],
    [8, 901],
    [768, 5000],
  ])('of %i GiB allows %i connections', (gib, connections) => {
    expect(rdsMaxConnections(gib * GIB)).toBe(connections);
  });

  it('is known for every family that is offered', () => {
    expect(RDS_FAMILIES.filter((family) => rdsInstanceClass(`db.${family}.large`) === undefined)).toEqual([]);
  });
});

describe('regions', () => {
  it('are spelt as AWS spells them, each once', () => {
    expect(REGIONS.filter((region) => !/^[a-z]{2,4}(?:-[a-z]+){1,2}-\d$/.test(region))).toEqual([]);
    expect(new Set(REGIONS).size).toBe(REGIONS.length);
  });
});
