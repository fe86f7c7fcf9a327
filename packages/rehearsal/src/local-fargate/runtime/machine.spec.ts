import { workersPerTask } from './machine';

describe('workersPerTask', () => {
  it.each([
    ['a small laptop', 2, 8, 1, 1],
    ['one core', 1, 4, 1, 1],
    ['a usual laptop', 8, 16, 1, 4],
    ['two tasks on it', 8, 16, 2, 2],
    ['more tasks than cores', 2, 16, 4, 1],
    ['many cores, little memory', 16, 4, 1, 4],
    ['hardly any memory', 8, 1, 1, 1],
  ])('%s: %d cores, %d GB, %d task(s): %d', (_machine, cores, memoryGb, tasks, workers) => {
    expect(workersPerTask({ cores, memoryBytes: memoryGb * 1e9 }, tasks)).toBe(workers);
  });
});
