import { join } from 'node:path';
import { deleteByHand, editOf, isDeletable, tracked, type Tracked } from './drift';
import { destructionOf, orderProblems } from './destruction-order';
import { differences } from './interruptions';
import { linesOf } from './planned-lines';
import { RehearsedLab } from './rehearsed-lab';
import { isFull, sample } from './sample';
import type { Scenery } from './scenery';
import { filesWithSecrets } from './secret-finder';
import { GIVEN_IDS, GIVEN_SECRET, GIVEN_VALUE, plantSecret } from './somebody-elses';

jest.setTimeout(20 * 60_000);

const STACKS = ['network', 'database', 'mock-openai', 'proxy-service', 'loadtest'];

/** Of the person who deploys, in the environment of the shell. */
const SHELL_SECRETS = {
  OPENAI_API_KEY: 'sk-planted-openai-3Yh8Q2',
  LITELLM_MASTER_KEY: 'sk-planted-master-9Zk4W7',
  DATABASE_URL: 'postgres://litellm:planted-dsn-5Tq1V6@db.example.internal/litellm',
  GITHUB_TOKEN: 'ghp_planted_token_8Nw3R5',
  AWS_SECRET_ACCESS_KEY: 'planted/aws+key/2Mb7X4',
  AWS_SESSION_TOKEN: 'planted-session-6Jc9L1==',
};
const lab = new RehearsedLab('benchmark', { base: { proxy: { secrets: { UPSTREAM_KEY: GIVEN_SECRET } } } });
const log = join(lab.folder, 'terraform.log');
let deployed: Scenery = [];

beforeAll(async () => {
  // Everything that Terraform can log, in one file.
  await lab.start({ ...SHELL_SECRETS, TF_LOG: 'TRACE', TF_LOG_PATH: log });
  await plantSecret(lab);
  await lab.synthesize();
  await lab.deploy();
  deployed = lab.scenery();
  lab.save('deployed');
});
afterAll(() => lab.stop());

describe('the whole lab of the environment benchmark', () => {
  it('is deployed, and then has nothing left to do', async () => {
    expect(await lab.plan()).toEqual([]);
    expect(lab.names).toEqual(STACKS);
    console.log(`${lab.account.read().all().length} things in ${lab.names.length} stacks`);
    expect(lab.account.read().all().length).toBeGreaterThan(150);
  });

  it('leaves no secret in any state, plan, account, log, synthesized or published file', async () => {
    // A new password is a plan and an apply in which secrets move.
    await lab.synthesize({ database: { passwordVersion: 2 } });
    await lab.follow();
    for (const name of STACKS) await lab.terraform(name, 'plan', '-out', 'plan.bin');
    const secrets = [...new Set([...Object.values(SHELL_SECRETS), GIVEN_VALUE, ...Object.values(lab.secrets.all())])];
    // The database's two passwords, master key, salt key, and the planted ones.
    expect(secrets.length).toBeGreaterThanOrEqual(Object.keys(SHELL_SECRETS).length + 5);
    const files = lab.files();
    expect(files).toContain(log);
    expect(filesWithSecrets(files, secrets)).toEqual([]);
    // The finder finds: also what is packed.
    expect(filesWithSecrets(files, ['loadlab-rehearsed-database']).some((file) => file.includes('plan.bin!'))).toBe(
      true,
    );
    console.log(`${secrets.length} secrets looked for in ${files.length} files, and found in none`);
  });

  it('refuses to lose its network first, and is whole again after such a try', async () => {
    await lab.start();
    lab.restore('deployed');
    await lab.synthesize();
    const { exitCode, stderr } = await lab.attempt('network', 'destroy', '-auto-approve');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('DependencyViolation');
    await lab.follow();
    expect(differences(deployed, lab.scenery())).toEqual([]);
  });

  it('is destroyed in the right order, all of it', async () => {
    lab.restore('deployed');
    const problems: string[] = [];
    let destroyed = 0;
    for (const name of [...STACKS].reverse()) {
      const state = lab.state(name);
      const events = destructionOf(await lab.terraform(name, 'destroy', '-auto-approve'));
      destroyed += events.filter(({ kind }) => kind === 'ends').length;
      problems.push(...orderProblems(name, state, events));
    }
    expect(problems).toEqual([]);
    expect(
      lab.account
        .read()
        .all()
        .map(({ id }) => id),
    ).toEqual(GIVEN_IDS);
    expect(Object.values(lab.secrets.all())).toEqual([GIVEN_VALUE]);
    console.log(`${destroyed} resources destroyed, each after those that need it`);
  });
});

describe('drift that somebody made by hand in the account', () => {
  const everything = (): Tracked[] => STACKS.flatMap((name) => tracked(name, lab.state(name), lab.account.read()));
  const oneOfEachType = (all: readonly Tracked[]): Tracked[] => [
    ...new Map(all.map((one) => [one.resource.type, one])).values(),
  ];
  beforeEach(async () => {
    lab.restore('deployed');
    await lab.start();
    await lab.synthesize();
  });

  it('is shown by the plan and repaired by the apply, for every type at once', async () => {
    const edits = everything().flatMap((one) => editOf(one, lab.synthesized(one.stack).resource) ?? []);
    const chosen = [...new Map(edits.map((edit) => [edit.resource.type, edit])).values()];
    await lab.account.change((account) =>
      chosen.forEach(({ resource, attribute, value }) =>
        account.put({ ...resource, attributes: { ...resource.attributes, [attribute]: value } }),
      ),
    );
    const planned = await lab.follow();
    const shown = planned.map(({ stack, address, action }) => `${stack} ${address} ${action}`);
    expect(
      chosen.map(({ stack, address }) => `${stack} ${address} update`).filter((edit) => !shown.includes(edit)),
    ).toEqual([]);
    expect(differences(deployed, lab.scenery())).toEqual([]);
    console.log(`${chosen.length} edits, of as many types, shown and repaired`);
    expect(chosen.length).toBeGreaterThan(30);
  });

  it('that deleted something is made good by making it again', async () => {
    const account = lab.account.read();
    const chosen = sample(oneOfEachType(everything().filter((one) => isDeletable(one, account))), 2);
    for (const { stack, address, resource } of chosen) {
      lab.restore('deployed');
      await lab.account.change((draft) => deleteByHand(draft, resource));
      const planned = await lab.plan(stack);
      expect(linesOf(planned.filter((change) => change.address === address))).toEqual([`${stack} + ${resource.type}`]);
      await lab.follow();
      expect([address, ...differences(deployed, lab.scenery())]).toEqual([address]);
    }
    console.log(`${chosen.length} things of as many types deleted by hand, and made again`);
    expect(chosen.length).toBeGreaterThanOrEqual(isFull ? 20 : 2);
  });
});
