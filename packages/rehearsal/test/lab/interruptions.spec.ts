import type { FaultKind } from '../../src/faults/fault';
import { addressesOf, inLanes, specOf, survive, type Interruption } from './interruptions';
import { RehearsedLab } from './rehearsed-lab';
import { isFull, sample, slice } from './sample';
import type { Scenery } from './scenery';

jest.setTimeout(60 * 60_000);

/*
 * Every resource of every stack, each kind of interruption, at its creation and at its deletion: 1,500 of them. A part of it:
 * LOADLAB_TEST_FULL=1 npx jest test/lab/interruptions -t 'apply, kill, database'
 */
const STACKS = ['network', 'database', 'mock-openai', 'proxy-service', 'loadtest'];
/** AWS refuses; it made something that never became ready; Terraform is killed; the provider is. */
const KINDS: readonly FaultKind[] = ['fail', 'late', 'kill', 'crash'];
/** Applies mostly wait; several at once use the machine. */
const LANES = isFull ? Number(process.env.LOADLAB_TEST_LANES ?? '3') : 1;

const lab = new RehearsedLab('benchmark');
const lanes = [lab];
/** How it all is when the stacks up to this one exist. */
const sceneries = new Map<string, Scenery>();
beforeAll(async () => {
  await lab.start();
  await lab.synthesize();
  lab.save('nothing');
  sceneries.set('nothing', lab.scenery());
  for (const name of STACKS) {
    await lab.deploy(name);
    lab.save(name);
    sceneries.set(name, lab.scenery());
  }
  for (let lane = 1; lane < LANES; lane++) {
    const twin = new RehearsedLab('benchmark', { twin: lab });
    await twin.start();
    lanes.push(twin);
  }
});
afterAll(async () => {
  for (const lane of lanes.reverse()) await lane.stop();
});

it('knows all stacks, each after those it depends on', () => {
  expect(lab.names).toEqual(STACKS);
});

interface Round {
  readonly verb: Interruption['verb'];
  readonly kind: FaultKind;
  readonly stack: string;
}
const rounds = (['apply', 'destroy'] as const).flatMap((verb) =>
  KINDS.flatMap((kind) => STACKS.map((stack): Round => ({ verb, kind, stack }))),
);

describe('Terraform that is interrupted at any resource', () => {
  it.each(sample(rounds, 3))(
    '$verb, $kind, $stack: converges when it is run again, with nothing left over',
    async ({ verb, kind, stack }) => {
      const upstream = STACKS[STACKS.indexOf(stack) - 1] ?? 'nothing';
      const [before, after] = verb === 'apply' ? [upstream, stack] : [stack, upstream];
      const expected = sceneries.get(after) ?? [];
      lab.restore(stack);
      const all = addressesOf(lab, stack);
      const outcomes = await inLanes(lanes, slice(sample(all, 1)), async (lane, address) => {
        const interruption: Interruption = { verb, stack, address, kind };
        return { spec: specOf(interruption), wrong: await survive(lane, interruption, { before, expected }) };
      });
      const failed = outcomes.filter(({ wrong }) => wrong.length > 0);
      const survived = outcomes.length - failed.length;
      console.log(`${verb}, ${kind}, ${stack}: ${survived} of ${outcomes.length} survived, of ${all.length} possible`);
      expect(failed).toEqual([]);
    },
  );
});
