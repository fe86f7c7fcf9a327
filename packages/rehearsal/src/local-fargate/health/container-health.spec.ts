import { afterCheck, taskHealth, unknownHealth, type ContainerHealth, type HealthStatus } from './container-health';

const check = { retries: 3, startPeriod: 60 };
const healthAfter = (results: readonly (readonly [passed: boolean, startedAt: number])[]): ContainerHealth =>
  results.reduce((health, [passed, startedAt]) => afterCheck(health, check, { passed, startedAt }), unknownHealth);

describe('afterCheck', () => {
  it.each<[string, HealthStatus, [boolean, number][]]>([
    ['nothing is known before the first check', 'UNKNOWN', []],
    ['one success is enough', 'HEALTHY', [[true, 30]]],
    [
      'failures within the start period do not count',
      'UNKNOWN',
      [
        [false, 10],
        [false, 20],
        [false, 30],
        [false, 59.9],
      ],
    ],
    [
      'failures from its end on do',
      'UNHEALTHY',
      [
        [false, 60],
        [false, 90],
        [false, 120],
      ],
    ],
    [
      'two failures of three are not enough',
      'UNKNOWN',
      [
        [false, 60],
        [false, 90],
      ],
    ],
    [
      'a success within the start period makes later failures count',
      'UNHEALTHY',
      [
        [true, 5],
        [false, 10],
        [false, 15],
        [false, 20],
      ],
    ],
    [
      'two failures leave a healthy container healthy',
      'HEALTHY',
      [
        [true, 70],
        [false, 100],
        [false, 130],
      ],
    ],
    [
      'a success in between starts the count again',
      'HEALTHY',
      [
        [true, 70],
        [false, 100],
        [false, 130],
        [true, 160],
        [false, 190],
        [false, 220],
      ],
    ],
    [
      'an unhealthy container can recover',
      'HEALTHY',
      [
        [false, 60],
        [false, 90],
        [false, 120],
        [true, 150],
      ],
    ],
    [
      'a recovered one again needs all retries',
      'HEALTHY',
      [
        [false, 60],
        [false, 90],
        [false, 120],
        [true, 150],
        [false, 180],
        [false, 210],
      ],
    ],
  ])('%s', (_rule, status, results) => {
    expect(healthAfter(results).status).toBe(status);
  });
});

describe('taskHealth', () => {
  it.each<[HealthStatus, HealthStatus[]]>([
    ['UNHEALTHY', ['UNHEALTHY', 'UNKNOWN']],
    ['UNHEALTHY', ['UNHEALTHY', 'HEALTHY']],
    ['UNKNOWN', ['HEALTHY', 'UNKNOWN']],
    ['HEALTHY', ['HEALTHY', 'HEALTHY']],
    ['UNKNOWN', []],
  ])('is %s for %j', (status, essential) => {
    expect(taskHealth(essential)).toBe(status);
  });
});
