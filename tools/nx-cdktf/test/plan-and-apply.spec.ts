import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError } from '@loadlab/foundation';
import { digestOf, MANIFEST, PLAN, STACK, type PlanManifest } from '../src/plan-manifest';
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

/** Writes a stack as the synthesis would. */
function synthesize(name: 'network' | 'proxy', input: string): void {
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
    output: { id: { value: '${terraform_data.main.output}' } },
  };
  writeFileSync(path.join(stackFolder(name), STACK), JSON.stringify(stack));
}

function run(verb: Verb, name: string, change: Partial<Surroundings> = {}): Promise<number> {
  return runVerb(verb, { id: `${name}-test`, folder: stackFolder(name) }, [], {
    root,
    environment: 'test',
    gitCommit: null,
    approvedPlan: undefined,
    now: new Date(),
    useColor: false,
    terraform: quiet,
    ...change,
  });
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
      () => rewrite('network', (manifest) => ({ ...manifest, account: '123456789012' })),
      {},
      /made for account 123456789012/,
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

  it('is pending while the other does not exist, and refused so', async () => {
    expect(await run('plan', 'proxy')).toBe(0);
    expect(manifestOf('proxy')).toMatchObject({ pendingUpstream: ['network'], planned: null });
    expect(await refusal('proxy')).toMatch(/pending: network must be applied first/);
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
    expect(await refusal('network', { approvedPlan: digestOf(path.join(stackFolder('network'), PLAN)) })).toMatch(
      /a policy denies it[\s\S]*ask first/,
    );
  });

  it('that wants approval wants it for this very plan', async () => {
    policy('needs-approval');
    expect(await refusal('network')).toMatch(/wants it approved/);
    expect(await refusal('network', { approvedPlan: 'f'.repeat(64) })).toMatch(/wants it approved/);
    expect(await run('apply', 'network', { approvedPlan: digestOf(path.join(stackFolder('network'), PLAN)) })).toBe(0);
  });
});
