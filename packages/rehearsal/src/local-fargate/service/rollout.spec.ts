import fc from 'fast-check';
import { circuitBreakerThreshold, isComplete, nextRolloutStep, type RolloutMember } from './rollout';

type State = RolloutMember['state'];
const members = (...list: [revision: number, state: State][]): RolloutMember[] =>
  list.map(([revision, state], index) => ({ id: `t${index}`, revision, state }));
const ecs = { minimumHealthyPercent: 100, maximumPercent: 200 };

describe('nextRolloutStep', () => {
  it.each<[string, number, RolloutMember[], { start: number; leave: string[] }]>([
    ['starts the first tasks', 2, [], { start: 2, leave: [] }],
    ['starts the new beside the old', 2, members([1, 'serving'], [1, 'serving']), { start: 2, leave: [] }],
    ['keeps the old while the new start', 1, members([1, 'serving'], [2, 'starting']), { start: 0, leave: [] }],
    [
      'lets an old one go for each new one',
      2,
      members([1, 'serving'], [1, 'serving'], [2, 'serving'], [2, 'starting']),
      { start: 0, leave: ['t0'] },
    ],
    ['drops old ones that never served', 1, members([1, 'starting'], [2, 'serving']), { start: 0, leave: ['t0'] }],
    ['does not count those that leave', 1, members([1, 'leaving'], [2, 'leaving']), { start: 1, leave: [] }],
    ['does nothing when all is done', 1, members([2, 'serving']), { start: 0, leave: [] }],
  ])('%s', (_rule, desired, list, expected) => {
    expect(nextRolloutStep({ desired, ...ecs }, 2, list)).toEqual(expected);
  });

  it('replaces in place where the maximum allows no more tasks', () => {
    const limits = { desired: 2, minimumHealthyPercent: 50, maximumPercent: 100 };
    expect(nextRolloutStep(limits, 2, members([1, 'serving'], [1, 'serving']))).toEqual({ start: 0, leave: ['t0'] });
  });

  it('always ends with the new tasks alone, and never leaves the limits on the way', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom([100, 200], [50, 150], [100, 150], [50, 100], [0, 100]),
        fc.infiniteStream(fc.nat()),
        (desired, [minimumHealthyPercent = 100, maximumPercent = 200], chance) => {
          const limits = { desired, minimumHealthyPercent, maximumPercent };
          fc.pre(canProgress(desired, minimumHealthyPercent, maximumPercent));
          let list = members(...Array.from({ length: desired }, (): [number, State] => [1, 'serving']));
          let created = 0;
          for (let turn = 0; !isComplete(limits, 2, list); turn++) {
            expect(turn).toBeLessThan(1000);
            const step = nextRolloutStep(limits, 2, list);
            list = list.map((member) => (step.leave.includes(member.id) ? { ...member, state: 'leaving' } : member));
            for (let count = 0; count < step.start; count++)
              list.push({ id: `n${(created += 1)}`, revision: 2, state: 'starting' });
            const staying = list.filter((member) => member.state !== 'leaving');
            const serving = staying.filter((member) => member.state === 'serving').length;
            expect(staying.length).toBeLessThanOrEqual(Math.floor((desired * maximumPercent) / 100));
            if (step.leave.length > 0)
              expect(serving).toBeGreaterThanOrEqual(Math.ceil((desired * minimumHealthyPercent) / 100));
            list = oneEvent(list, Number(chance.next().value));
          }
        },
      ),
    );
  });
});

/** ECS itself gets stuck where it may neither start nor stop a task. */
function canProgress(desired: number, minimum: number, maximum: number): boolean {
  return Math.floor((desired * maximum) / 100) > desired || Math.ceil((desired * minimum) / 100) < desired;
}

/** One of the tasks under way gets where it is going. */
function oneEvent(list: RolloutMember[], chance: number): RolloutMember[] {
  const moving = list.filter((member) => member.state !== 'serving');
  const chosen = moving[chance % Math.max(1, moving.length)];
  return list.flatMap((member) => {
    if (member !== chosen) return [member];
    return member.state === 'leaving' ? [] : [{ ...member, state: 'serving' as const }];
  });
}

describe('circuitBreakerThreshold', () => {
  it.each([
    [1, 3],
    [6, 3],
    [7, 4],
    [50, 25],
    [1000, 200],
  ])('for %d desired tasks is %d', (desired, threshold) => {
    expect(circuitBreakerThreshold(desired)).toBe(threshold);
  });
});
