import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError } from '@loadlab/foundation';
import { configurationInside, digestOf, MANIFEST, PLAN, PLAN_JSON, STACK } from '../src/plan-files';
import { seal, type PlanManifest } from '../src/plan-manifest';
import { terraform, type Terraform } from '../src/terraform';
import { runVerb, type Surroundings, type Verb } from '../src/verbs';

/** Two stacks of Terraform's built-in resources, one reading the other's state; the real Terraform plans and applies them. */
jest.setTimeout(120_000);

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'loadlab-apply-'));
  mkdirSync(path.join(root, 'state'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const quiet: Terraform = (folder, args) => terraform(folder, args, { capture: true });

function stackFolder(name: string): string {
  return path.join(root, 'packages', name, 'cdktf.out', 'stacks', `${name}-test`);
}

/** Writes a stack as the synthesis would; `unread` is an output more, which nobody reads. */
function synthesize(name: 'network' | 'proxy', input: string, unread?: string): void {
  mkdirSync(stackFolder(name), { recursive: true });
  const reader =
    name === 'proxy'
      ? {
          data: {
            terraform_remote_state: { network: { backend: 'local', config: { path: '../../../../../state/network' } } },
          },
        }
      : {};
  const value = name === 'proxy' ? `\${data.terraform_remote_state.network.outputs.id}-${input}` : input;
  const stack = {
    terraform: { backend: { local: { path: `../../../../../state/${name}` } } },
    ...reader,
    resource: { terraform_data: { main: { input: value } } },
    output: {
      id: { value: '${terraform_data.main.output}' },
      ...(unread === undefined ? {} : { unread: { value: unread } }),
    },
  };
  writeFileSync(path.join(stackFolder(name), STACK), JSON.stringify(stack));
}

function run(verb: Verb, name: string, change: Partial<Surroundings> = {}): Promise<number> {
  return runVerb(verb, { id: `${name}-test`, folder: stackFolder(name) }, [], { ...around(), ...change });
}

function around(): Surroundings {
  return {
    root,
    environment: 'test',
    gitCommit: null,
    approvedPlans: undefined,
    now: new Date(),
    useColor: false,
    terraform: quiet,
    account: () => Promise.resolve(null),
    store: () => Promise.reject(new Error('nothing is kept here')),
  };
}

/** Holds the lock of a state as another Terraform would: on the file itself, with a note beside it that says who. */
async function holdLock(name: string): Promise<{ info: string; release: () => Promise<unknown> }> {
  const file = path.join(root, 'state', name);
  const info = path.join(root, 'state', `.${name}.lock.info`);
  const lock = {
    ID: '459b7725-e79b-10f3-869d-b23503fdadd1',
    Operation: 'OperationTypeApply',
    Who: 'somebody@elsewhere',
  };
  const program =
    'import fcntl, sys; f = open(sys.argv[1], "a+"); fcntl.lockf(f, fcntl.LOCK_EX); print(1, flush=True); sys.stdin.read()';
  const holder = spawn('python3', ['-c', program, file]);
  await once(holder.stdout, 'data');
  writeFileSync(
    info,
    JSON.stringify({ ...lock, Version: '1.11.4', Created: '2026-11-27T13:45:22.676808099Z', Path: file }),
  );
  return {
    info,
    release: async () => {
      holder.stdin.end();
      rmSync(info);
      await once(holder, 'close');
      rmSync(file);
    },
  };
}

async function refusal(name: string, change: Partial<Surroundings> = {}): Promise<string> {
  try {
    await run('apply', name, change);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error('was applied');
}

const manifestOf = (name: string): PlanManifest =>
  JSON.parse(readFileSync(path.join(stackFolder(name), MANIFEST), 'utf8')) as PlanManifest;
const rewrite = (name: string, change: (manifest: PlanManifest) => object): void =>
  writeFileSync(path.join(stackFolder(name), MANIFEST), JSON.stringify(change(manifestOf(name))));
/** What somebody would do who may write the manifest as well: change a digest, and close it again. */
const resealWith = (digests: Partial<NonNullable<PlanManifest['planned']>['sha256']>): void =>
  rewrite('network', ({ sha256: _, planned, ...manifest }) => {
    if (planned === null) throw new Error('is pending');
    return seal({ ...manifest, planned: { ...planned, sha256: { ...planned.sha256, ...digests } } });
  });
const applied = (name: string): boolean => existsSync(path.join(root, 'state', name));

describe('a reviewed plan', () => {
  beforeEach(async () => {
    synthesize('network', 'a');
    await run('plan', 'network');
  });

  it('is applied as it is', async () => {
    expect(await run('apply', 'network')).toBe(0);
    expect(readFileSync(path.join(root, 'state', 'network'), 'utf8')).toContain('"value": "a"');
  });

  it.each<[string, () => unknown, Partial<Surroundings>, RegExp]>([
    ['another synthesis', () => synthesize('network', 'b'), {}, /synthesized anew/],
    [
      'another plan',
      () => writeFileSync(path.join(stackFolder('network'), PLAN), 'x'),
      {},
      /not the plan that was reviewed/,
    ],
    [
      'other providers',
      () => writeFileSync(path.join(stackFolder('network'), '.terraform.lock.hcl'), '# other\n'),
      {},
      /other providers/,
    ],
    [
      'another environment',
      () => undefined,
      { environment: 'production' },
      /made for environment "test", not "production"/,
    ],
    [
      'another account',
      () => rewrite('network', ({ sha256: _, ...manifest }) => seal({ ...manifest, account: '123456789012' })),
      {},
      /made for account 123456789012/,
    ],
    [
      'credentials of another account',
      () => undefined,
      { account: () => Promise.resolve('210987654321') },
      /made for account \(any\), not 210987654321/,
    ],
    [
      'another JSON than the one that was read',
      () => writeFileSync(path.join(stackFolder('network'), PLAN_JSON), '{}'),
      {},
      /plan\.json is not what was reviewed/,
    ],
    [
      'a JSON that was edited together with its manifest',
      () => {
        writeFileSync(path.join(stackFolder('network'), PLAN_JSON), '{}');
        resealWith({ json: digestOf(path.join(stackFolder('network'), PLAN_JSON)) ?? '' });
      },
      {},
      /plan\.json does not say what plan\.bin would do/,
    ],
    [
      'a plan of another configuration, and a manifest made to fit',
      () => {
        synthesize('network', 'b');
        resealWith({ stack: digestOf(path.join(stackFolder('network'), STACK)) ?? '' });
      },
      {},
      /plan\.bin carries another configuration/,
    ],
    [
      'other files to upload',
      () => {
        mkdirSync(path.join(stackFolder('network'), 'assets', 'code'), { recursive: true });
        writeFileSync(path.join(stackFolder('network'), 'assets', 'code', 'archive.zip'), 'other');
      },
      {},
      /assets\) were made anew/,
    ],
    [
      'an expiry put off by hand',
      () => rewrite('network', (manifest) => ({ ...manifest, expiresAt: '2099-01-01T00:00:00.000Z' })),
      {},
      /manifest was edited/,
    ],
    [
      'the approval of another plan',
      () => undefined,
      { approvedPlans: ['f'.repeat(64)] },
      /it is plan [0-9a-f]{64}; approved was f{64}/,
    ],
    ['too late', () => undefined, { now: new Date(Date.now() + 25 * 3600_000) }, /expired at/],
    [
      'a state that came meanwhile',
      () => terraform(stackFolder('network'), ['apply', '-auto-approve'], { capture: true }),
      {},
      /did not exist then/,
    ],
    [
      'an edited manifest',
      () => rewrite('network', (manifest) => ({ ...manifest, approved: true })),
      {},
      /not as it was written/,
    ],
    [
      'a pending mark that somebody wrote into its manifest',
      () => rewrite('network', (manifest) => ({ ...manifest, planned: null, pendingUpstream: ['other'] })),
      {},
      /manifest was edited after the plan was made +-> run the target plan/,
    ],
    [
      'a manifest of a newer format',
      () => rewrite('network', (manifest) => ({ ...manifest, schema: 'loadlab.plan/v2' })),
      {},
      /is of format "loadlab\.plan\/v2"; this version of LoadLab reads loadlab\.plan\/v1/,
    ],
    [
      'a manifest of another stack',
      () => rewrite('network', (manifest) => ({ ...manifest, stack: 'database-test' })),
      {},
      /of stack database-test/,
    ],
    [
      'half a manifest',
      () => writeFileSync(path.join(stackFolder('network'), MANIFEST), '{"schema":'),
      {},
      /not whole JSON/,
    ],
    ['no manifest', () => rmSync(path.join(stackFolder('network'), MANIFEST)), {}, /no plan to apply/],
  ])('is refused with %s', async (_, tamper, change, reason) => {
    await tamper();
    const before = applied('network') ? readFileSync(path.join(root, 'state', 'network'), 'utf8') : undefined;
    expect(await refusal('network', change)).toMatch(reason);
    expect(applied('network') ? readFileSync(path.join(root, 'state', 'network'), 'utf8') : undefined).toBe(before);
  });

  it('is bound to everything that it was made of, and to nothing else', () => {
    const { planned, sha256, expiresAt, createdAt } = manifestOf('network');
    expect(planned).toMatchObject({
      sha256: {
        plan: digestOf(path.join(stackFolder('network'), PLAN)),
        json: digestOf(path.join(stackFolder('network'), PLAN_JSON)),
        stack: configurationInside(path.join(stackFolder('network'), PLAN)),
        assets: null,
      },
      changes: true,
      state: null,
      upstream: {},
    });
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(new Date(expiresAt).getTime() - new Date(createdAt).getTime()).toBe(24 * 3600_000);
  });

  it('is gone once another planning begins, also when that comes to nothing', async () => {
    const unreachable = (folder: string): void =>
      writeFileSync(path.join(folder, STACK), JSON.stringify({ terraform: { backend: { nowhere: {} } } }));
    unreachable(stackFolder('network'));
    await expect(run('plan', 'network')).rejects.toThrow(/Terraform cannot start on it/);
    for (const file of [PLAN, PLAN_JSON, MANIFEST])
      expect([file, existsSync(path.join(stackFolder('network'), file))]).toEqual([file, false]);
  });

  it('that Terraform cannot make says why, to whoever reports on it', async () => {
    writeFileSync(
      path.join(stackFolder('network'), STACK),
      JSON.stringify({
        terraform: { backend: { local: { path: '../../../../../state/network' } } },
        resource: { terraform_data: { main: { input: '${terraform_data.nowhere.output}' } } },
      }),
    );
    const reasons: string[] = [];
    expect(await run('plan', 'network', { tellReason: (reason) => void reasons.push(reason) })).toBe(1);
    expect(reasons).toEqual([expect.stringMatching(/Reference to undeclared resource/)]);
  });

  it('is made in a folder that knows its backend, or says how to make it anew', async () => {
    writeFileSync(
      path.join(stackFolder('network'), STACK),
      JSON.stringify({ terraform: { backend: { local: { path: 'elsewhere' } } } }),
    );
    await expect(run('plan', 'network')).rejects.toThrow(
      /Backend configuration changed[\s\S]*-> a new start: rm -r \S+network-test\/\.terraform; its state taken along: terraform -chdir=/,
    );
  });

  it('is applied once: a wave may be repeated', async () => {
    expect(await run('apply', 'network')).toBe(0);
    const state = readFileSync(path.join(root, 'state', 'network'), 'utf8');
    expect(await run('apply', 'network')).toBe(0);
    expect(readFileSync(path.join(root, 'state', 'network'), 'utf8')).toBe(state);
  });

  it('says by its exit code whether there are changes only to those who ask', async () => {
    const stack = { id: 'network-test', folder: stackFolder('network') };
    expect(await runVerb('plan', stack, ['-detailed-exitcode'], around())).toBe(2);
    await run('apply', 'network');
    expect(await runVerb('plan', stack, ['-detailed-exitcode'], around())).toBe(0);
    expect(manifestOf('network').planned?.changes).toBe(false);
  });

  it('waits for whoever holds the lock, and says who; the lock stays theirs', async () => {
    const lock = await holdLock('network');
    expect(await refusal('network')).toMatch(
      /its state is locked by somebody@elsewhere since 2026-11-27 13:45:22.* \(apply\)\s+-> wait[\s\S]*force-unlock 459b7725/,
    );
    expect(readFileSync(path.join(root, 'state', 'network'), 'utf8')).toBe('');
    expect(readFileSync(lock.info, 'utf8')).toContain('459b7725');
    await lock.release();
    expect(await run('apply', 'network')).toBe(0);
  });

  it('is refused once its own state has moved on', async () => {
    await run('apply', 'network');
    synthesize('network', 'b');
    await run('plan', 'network');
    await terraform(stackFolder('network'), ['apply', '-auto-approve'], { capture: true });
    expect(await refusal('network')).toMatch(/its own state has moved on/);
  });
});

describe('a stack that reads another', () => {
  beforeEach(() => {
    synthesize('network', 'a');
    synthesize('proxy', 'p');
  });

  it('is pending while the other does not exist, and passed over by an apply', async () => {
    expect(await run('plan', 'proxy')).toBe(0);
    expect(manifestOf('proxy')).toMatchObject({ pendingUpstream: ['network'], planned: null });
    expect(await run('apply', 'proxy')).toBe(0);
    expect(applied('proxy')).toBe(false);
  });

  it('is pending while the other is about to change its outputs, and planned in the next wave', async () => {
    await run('plan', 'network');
    await run('apply', 'network');
    synthesize('network', 'b');
    await run('plan', 'network');
    await run('plan', 'proxy');
    expect(manifestOf('proxy').pendingUpstream).toEqual(['network']);
    await run('apply', 'network');
    await run('plan', 'proxy');
    expect(manifestOf('proxy').pendingUpstream).toEqual([]);
    expect(await run('apply', 'proxy')).toBe(0);
  });

  describe('beside a change of the other that it does not read', () => {
    beforeEach(async () => {
      await run('deploy', 'network');
      await run('deploy', 'proxy');
      synthesize('network', 'a', 'new');
      synthesize('proxy', 'q');
      await run('plan', 'network');
      await run('plan', 'proxy');
    });

    it('is planned in the same wave, and applied after it', async () => {
      expect(manifestOf('proxy').pendingUpstream).toEqual([]);
      expect(await run('apply', 'network')).toBe(0);
      expect(await run('apply', 'proxy')).toBe(0);
    });

    it('is refused when the other moves on by more than its reviewed plan', async () => {
      await run('apply', 'network');
      synthesize('network', 'a', 'newer');
      await run('deploy', 'network');
      expect(await refusal('proxy')).toMatch(/the state of network, which it read, has moved on/);
    });

    it('is refused when the plan of the other was not the one that moved it', async () => {
      await run('deploy', 'network');
      expect(await refusal('proxy')).toMatch(/the state of network, which it read, has moved on/);
    });

    it.each<[string, () => unknown]>([
      ['the plan that moved the other', () => writeFileSync(path.join(stackFolder('network'), PLAN_JSON), '{}')],
      ['what was applied', () => rmSync(path.join(stackFolder('network'), 'plan-applied.json'))],
    ])('is refused when nobody can tell any more %s', async (_, forget) => {
      await run('apply', 'network');
      forget();
      expect(await refusal('proxy')).toMatch(/the state of network, which it read, has moved on/);
    });
  });

  it('is refused once the other has moved on', async () => {
    await run('deploy', 'network');
    await run('plan', 'proxy');
    synthesize('network', 'b');
    await run('deploy', 'network');
    expect(await refusal('proxy')).toMatch(/the state of network, which it read, has moved on/);
  });
});

describe('a policy', () => {
  const policy = (level: string): void =>
    writeFileSync(
      path.join(root, 'reviews.yaml'),
      `rules:\n  - { name: watched, level: ${level}, type: terraform_data, message: ask first }\n`,
    );

  beforeEach(async () => {
    synthesize('network', 'a');
    await run('plan', 'network');
  });

  it('that denies cannot be approved away', async () => {
    policy('deny');
    expect(await refusal('network', { approvedPlans: [manifestOf('network').sha256] })).toMatch(
      /a policy denies it[\s\S]*ask first/,
    );
  });

  it('that wants approval wants it for this very plan', async () => {
    policy('needs-approval');
    expect(await refusal('network')).toMatch(/wants it approved/);
    expect(await refusal('network', { approvedPlans: ['f'.repeat(64)] })).toMatch(/wants it approved/);
    expect(await run('apply', 'network', { approvedPlans: [manifestOf('network').sha256] })).toBe(0);
  });
});
