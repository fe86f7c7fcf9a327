import { RehearsedLab } from './rehearsed-lab';
import { isFull, sample } from './sample';

jest.setTimeout(60 * 60_000);

const lab = new RehearsedLab('benchmark');
beforeAll(async () => {
  await lab.start();
  await lab.synthesize();
});
afterAll(() => lab.stop());

/** Makes each stack in turn, with something going wrong at its n-th creation, and again without. */
async function interrupted(name: string, kind: string, calls: readonly number[]): Promise<number> {
  lab.save();
  let survived = 0;
  for (const call of calls) {
    lab.restore();
    const exitCode = await lab.deployWith(name, `*:create:${kind}@${call}`);
    expect([kind, call, exitCode]).not.toEqual([kind, call, 0]);
    await lab.deploy(name);
    expect(await lab.plan(name)).toEqual([]);
    await lab.destroy(name);
    survived += 1;
  }
  lab.restore();
  return survived;
}

/** Under the ids that AWS gave and no person can name, nothing may be left once a stack is destroyed. */
function leftOver(before: ReadonlySet<string>): string[] {
  return lab.account
    .read()
    .all()
    .map(({ id }) => id)
    .filter((id) => !before.has(id));
}

describe('an apply that fails, or is killed, at any resource', () => {
  it('converges when it is run again, and leaves nothing over', async () => {
    let survived = 0;
    let total = 0;
    const chosen = sample(lab.names, 2);
    for (const name of lab.names) {
      if (!chosen.includes(name)) {
        await lab.deploy(name);
        continue;
      }
      const before = new Set(
        lab.account
          .read()
          .all()
          .map(({ id }) => id),
      );
      lab.save();
      const all = Array.from({ length: countCreations(await lab.deploy(name)) }, (_, index) => index + 1);
      lab.restore();
      for (const kind of isFull ? ['fail', 'late', 'kill'] : ['fail', 'kill']) {
        const calls = sample(all, 1);
        total += calls.length;
        survived += await interrupted(name, kind, calls);
        expect(leftOver(before)).toEqual([]);
      }
      await lab.deploy(name);
    }
    console.log(`${survived} of ${total} interrupted applies converged`);
    expect(survived).toBe(total);
  });
});

/** Terraform counts resources of its own (`terraform_data`) too, which no provider sees: the last few are left out. */
function countCreations(resources: number): number {
  return Math.max(1, resources - 3);
}
