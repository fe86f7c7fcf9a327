import { taskSize } from './task-size';

test.each([
  [0.25, 0.5, '256', '512'],
  [0.25, 2, '256', '2048'],
  [1, 3, '1024', '3072'],
  [4, 8, '4096', '8192'],
  [16, 120, '16384', '122880'],
])('%p vCPU with %p GB', (cpu, memoryGb, units, mib) => {
  expect(taskSize(cpu, memoryGb)).toEqual({ cpu: units, memory: mib });
});

test.each([
  [3, 8],
  [0.25, 1.5],
  [0.5, 0.5],
  [4, 7],
  [4, 31],
  [8, 18],
  [16, 36],
  [2, 4.5],
])('refuses %p vCPU with %p GB', (cpu, memoryGb) => {
  expect(() => taskSize(cpu, memoryGb)).toThrow(/^Fargate has no/);
});
