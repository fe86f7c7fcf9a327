import { readFileSync } from 'node:fs';
import { RehearsedLab, type Knob, type PlannedChange } from './rehearsed-lab';
import { sample } from './sample';

jest.setTimeout(20 * 60_000);

const lab = new RehearsedLab('benchmark');
let made = 0;
beforeAll(async () => {
  await lab.start();
  await lab.synthesize();
  made = await lab.deploy();
  lab.save();
});
beforeEach(() => lab.restore());
afterAll(() => lab.stop());

describe('the whole lab of the environment benchmark', () => {
  it('is deployed, and then has nothing left to do', async () => {
    expect(await lab.plan()).toEqual([]);
    expect(lab.names).toEqual(['network', 'database', 'mock-openai', 'proxy-service', 'loadtest']);
    console.log(`${made} resources in ${lab.names.length} stacks`);
    expect(made).toBeGreaterThan(150);
  });

  it('leaves no secret in any state, plan, account, synthesized or published file', async () => {
    await lab.plan();
    const values = Object.values(lab.secrets.all());
    expect(values.length).toBeGreaterThanOrEqual(3);
    const files = lab.files();
    const found = files.filter((file) => values.some((value) => readFileSync(file).includes(value)));
    expect(found).toEqual([]);
    console.log(`${values.length} secrets looked for in ${files.length} files`);
  });

  it('can be destroyed again, all of it', async () => {
    await lab.destroy();
    expect(lab.account.read().all()).toEqual([]);
    expect(lab.secrets.all()).toEqual({});
  });
});

/** What changes with every revision of a task, and costs nobody anything. */
const REVISIONS = ['aws_ecs_task_definition', 'aws_lambda_invocation'];

/** Each knob of the environment, and what AWS would replace for it beyond new revisions; nothing, for most. */
const knobs: [string, Knob, string[]][] = [
  ['more tasks', { proxy: { tasks: 3 } }, []],
  ['fewer workers', { proxy: { workersPerTask: 2 } }, []],
  ['smaller tasks', { proxy: { cpu: 2, workersPerTask: 2, memoryGb: 4 } }, []],
  ['more memory', { proxy: { memoryGb: 16 } }, []],
  ['a variable', { proxy: { environment: { LITELLM_LOG: 'INFO' } } }, []],
  ['autoscaling', { proxy: { autoscaling: { minTasks: 2, maxTasks: 6, targetCpuPercent: 60 } } }, []],
  ['a public entry', { proxy: { loadBalancer: 'both', plaintext: true, allowedCidrs: ['203.0.113.0/24'] } }, []],
  ['a slower mock', { mockOpenai: { latency: '200ms' } }, []],
  ['more mocks', { mockOpenai: { tasks: 4 } }, []],
  ['larger mocks', { mockOpenai: { cpu: 2, memoryGb: 4 } }, []],
  ['more storage', { database: { storageGb: 100 } }, []],
  ['a larger database', { database: { instanceClass: 'db.m7g.xlarge' } }, []],
  ['a standby database', { database: { multiAz: true } }, []],
  ['a way out for each zone', { network: { nat: 'perZone' } }, []],
  ['Spot', { loadGenerator: { spot: true } }, []],
  ['more generators', { loadGenerator: { maxTasks: 32 } }, []],
  ['larger generators', { loadGenerator: { cpu: 4, memoryGb: 8 } }, []],
  ['another owner', { owner: 'somebody else' }, []],
  ['an expiry', { expiresAt: '2026-12-24T18:00:00Z' }, []],
  ['protections', { profile: 'production' }, []],
];

describe('a knob that is turned', () => {
  it.each(sample(knobs, 2))(
    '%s: touches what it should, and replaces only what AWS would',
    async (_name, knob, expected) => {
      await lab.synthesize(knob);
      // A stack sees what another one changes only after that was applied, so each is planned in its turn.
      const changes: PlannedChange[] = [];
      for (const name of lab.names) {
        changes.push(...(await lab.plan(name)));
        await lab.deploy(name);
      }
      expect(changes).not.toEqual([]);
      const replaced = changes.filter(({ action, type }) => action === 'replace' && !REVISIONS.includes(type));
      expect(replaced.map(({ address }) => address)).toEqual(expected);
      expect(await lab.plan()).toEqual([]);
    },
  );
});
