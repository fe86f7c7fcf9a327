import { tracked } from './drift';
import { differences } from './interruptions';
import { knobs } from './knobs';
import { linesOf } from './planned-lines';
import { RehearsedLab } from './rehearsed-lab';
import { isFull, sample, slice } from './sample';
import type { Scenery } from './scenery';
import { existingDatabase, existingNetwork, plantGround, plantSecret } from './somebody-elses';

jest.setTimeout(20 * 60_000);

const lab = new RehearsedLab('benchmark');
let stacks: readonly string[] = [];
let deployed: Scenery = [];
beforeAll(async () => {
  await lab.start();
  await plantSecret(lab);
  await plantGround(lab);
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
      if (typeof does === 'object' && 'refused' in does) return expect(lab.follow()).rejects.toThrow(does.refused);
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

(isFull ? describe : describe.skip)('a lab in a network and with a database of somebody else', () => {
  const guest = new RehearsedLab('benchmark', { base: { network: existingNetwork, database: existingDatabase } });
  const ids = (): string[] =>
    guest.account
      .read()
      .all()
      .map(({ id }) => id)
      .sort();
  afterAll(() => guest.stop());

  it('is deployed, has nothing left to do, and leaves behind what it found', async () => {
    await guest.start();
    await plantSecret(guest);
    await plantGround(guest);
    const found = ids();
    await guest.synthesize();
    await guest.deploy();
    expect(await guest.plan()).toEqual([]);
    expect(guest.state('network')?.resources.filter(({ mode }) => mode === 'managed')).toEqual([]);
    expect(guest.state('database')?.resources.filter(({ mode }) => mode === 'managed')).toEqual([]);
    await guest.destroy();
    expect(ids()).toEqual(found);
  });
});
