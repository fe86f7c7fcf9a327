import fc from 'fast-check';
import { fittingName, isEnvironmentName, nearestName } from './environment-name';
import { namePrefix, physicalName } from './physical-name';

describe('the name of an environment', () => {
  it.each(['benchmark', 'a', 'a1', 'my-lab-2'])('may be %s', (name) => {
    expect(isEnvironmentName(name)).toBe(true);
  });

  it.each(['', 'Benchmark', '2fast', '-a', 'a-', 'a--b', 'a_b', 'a.b', 'ä'])('may not be %j', (name) => {
    expect(isEnvironmentName(name)).toBe(false);
  });

  it('can be made from any folder’s name', () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^[a-z][a-z0-9]{1,19}$/), (folder, namespace) => {
        expect(isEnvironmentName(nearestName(folder))).toBe(true);
        const name = fittingName(folder, namespace);
        expect(isEnvironmentName(name)).toBe(true);
        expect(namePrefix({ namespace, name }).length).toBeLessThanOrEqual(22);
      }),
    );
  });

  it('begins the names of what it makes', () => {
    expect(physicalName({ namespace: 'lab', name: 'trial' }, 'internal')).toBe('lab-trial-internal');
  });
});
