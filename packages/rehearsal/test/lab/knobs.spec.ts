import { tracked } from './drift';
import { differences } from './interruptions';
import { knobs, linesOf } from './knobs';
import { RehearsedLab } from './rehearsed-lab';
import { sample, slice } from './sample';
import type { Scenery } from './scenery';

jest.setTimeout(20 * 60_000);

const lab = new RehearsedLab('benchmark');
let stacks: readonly string[] = [];
let deployed: Scenery = [];
beforeAll(async () => {
  await lab.start();
  await lab.synthesize();
  await lab.deploy();
  stacks = lab.names;
  deployed = lab.scenery();
  lab.save('deployed');
});
beforeEach(() => lab.restore('deployed'));
afterAll(() => lab.stop());

/** Every change of a tag, and of nothing else. */
function tagLines(): string[] {
  const tagged = stacks
    .flatMap((stack) => tracked(stack, lab.state(stack), lab.account.read()))
    .filter(({ resource }) => resource.attributes.tags !== undefined);
  return linesOf(tagged.map(({ stack, resource }) => ({ stack, type: resource.type, action: 'update' })));
}

describe('a knob that is turned', () => {
  it.each(slice(sample(knobs, 1)))(
    '$name: touches what it should, replaces only what AWS would, and can be turned back',
    async ({ turned, does, back }) => {
      await lab.synthesize(turned);
      expect(linesOf(await lab.follow())).toEqual(does === 'tags' ? tagLines() : does);
      expect(await lab.plan()).toEqual([]);
      for (const gone of stacks.filter((name) => !lab.names.includes(name))) await lab.destroy(gone);

      await lab.synthesize();
      if (typeof back === 'object') await expect(lab.follow()).rejects.toThrow(back.refused);
      else {
        await lab.follow();
        expect(await lab.plan()).toEqual([]);
        if (back !== 'different') expect(differences(deployed, lab.scenery())).toEqual([]);
      }
    },
  );
});
