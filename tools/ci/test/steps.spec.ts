import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { git } from './clone';
import { Pipeline, type Expressions } from './pipeline';

/** The workflows' own scripts, in a clone, with the real Terraform against the offline AWS. */
jest.setTimeout(600_000);

const isFull = process.env.LOADLAB_TEST_FULL === '1';

const expressions = (more: Expressions = {}): Expressions => ({
  'vars.LOADLAB_ENVIRONMENTS': 'benchmark',
  'github.token': 'none',
  'github.repository': 'somebody/loadlab',
  'github.event.pull_request.number': '7',
  ...more,
});

/** The whole output is what a failed step is understood by. */
function succeeded({ code, output }: { readonly code: number; readonly output: string }): void {
  if (code !== 0) throw new Error(`exit code ${code}:\n${output}`);
}

const manifestIn = (pipeline: Pipeline, stack: string): string =>
  path.join(pipeline.clone, 'packages', stack, 'cdktf.out', 'stacks', `${stack}-benchmark`, 'plan-manifest.json');

it('a pull request is planned and reviewed, and what was read is applied', async () => {
  await Pipeline.within(async (pipeline) => {
    // Given a branch that makes a network larger, of a lab that was never deployed.
    const base = git(pipeline.clone, 'rev-parse', 'HEAD');
    git(pipeline.clone, 'switch', '--quiet', '--create', 'larger');
    pipeline.edit(
      'a larger network',
      (environment) => (environment.network = { cidr: '10.50.0.0/16', availabilityZones: 2, nat: 'single' }),
    );

    // When its pull request is reviewed
    const review = await pipeline.run(
      'pull-request.yml',
      'review',
      expressions({ 'github.event.pull_request.base.sha': base }),
    );
    succeeded(review);

    // Then there is one comment: the verdict, what can be planned, and what waits for it.
    const comment = review.outputs.get('comment.comment') ?? '';
    expect(comment).toContain('<!-- loadlab:plan-review -->');
    expect(comment).toMatch(/to create/);
    expect(comment).toMatch(/\| `network` \| changes; good until .* \| `[0-9a-f]{12}` \|/);
    expect(comment).toContain('| `proxy-service` | pending upstream `network`: planned in the next wave |');
    expect(comment).not.toContain('| `database` |');
    expect(comment.length).toBeLessThanOrEqual(65_536);

    // It is put on the pull request by a job that has nothing but the comment.
    const posted = await pipeline.run(
      'pull-request.yml',
      'comment',
      expressions({ 'needs.review.outputs.comment': comment }),
    );
    succeeded(posted);
    expect(pipeline.asked.at(-1)).toMatch(
      /^api --method POST repos\/somebody\/loadlab\/issues\/7\/comments -F body=@comment\.md/,
    );
    expect(readFileSync(path.join(pipeline.clone, 'comment.md'), 'utf8')).toBe(comment);

    // After the merge, another commit of the same files, exactly that plan is applied.
    const [approval = ''] = /benchmark\/network=[0-9a-f]{64}/.exec(comment) ?? [];
    git(pipeline.clone, 'switch', '--quiet', 'main');
    git(pipeline.clone, 'merge', '--quiet', '--no-ff', '--no-edit', 'larger');
    succeeded(await pipeline.npm('ci:apply', '--', '--aws', '--approved', approval));
    expect(readFileSync(manifestIn(pipeline, 'network'), 'utf8')).toContain(approval.split('=')[1]);
  });
});

if (isFull)
  it('wave after wave is planned, approved and applied, until nothing is left', async () => {
    await Pipeline.within(async (pipeline) => {
      for (const wave of [1, 2]) {
        const plan = await pipeline.run('apply.yml', 'plan', expressions());
        succeeded(plan);
        const plans = plan.outputs.get('plans.plans') ?? '';
        expect(plans).toMatch(
          wave === 1 ? /^benchmark\/network=[0-9a-f]{64}$/ : /^benchmark\/proxy-service=[0-9a-f]{64}$/,
        );
        const apply = await pipeline.run('apply.yml', 'apply', expressions({ 'needs.plan.outputs.plans': plans }));
        succeeded(apply);
        expect(apply.outputs.get('next.due')).toBe(wave === 1 ? 'yes' : 'no');
      }
      expect(pipeline.asked).toEqual(['workflow run apply.yml']);
      const last = await pipeline.run('apply.yml', 'plan', expressions());
      expect(last.outputs.get('plans.plans')).toBe('');
      expect(last.summary).toContain('the last commit that was applied whole');

      // A pull request that changes config.yaml and the number of tasks.
      const base = git(pipeline.clone, 'rev-parse', 'HEAD');
      git(pipeline.clone, 'switch', '--quiet', '--create', 'more');
      pipeline.edit(
        'more tasks',
        (environment) => Object.assign(environment.proxy as object, { tasks: 5 }),
        (text) => text.replace(/^litellm_settings:/m, 'litellm_settings:\n  num_retries: 1'),
      );
      const review = await pipeline.run(
        'pull-request.yml',
        'review',
        expressions({ 'github.event.pull_request.base.sha': base }),
      );
      const comment = review.outputs.get('comment.comment') ?? '';
      expect(comment).toContain('num_retries');
      expect(comment).toMatch(/desired_count/);
      const [, id = ''] = /benchmark\/proxy-service=([0-9a-f]{64})/.exec(comment) ?? [];

      // A plan that nobody made is refused.
      const nobodys = await pipeline.npm(
        'ci:apply',
        '--',
        '--aws',
        '--approved',
        `benchmark/network=${'0'.repeat(64)}`,
      );
      expect(nobodys).toMatchObject({ code: 3 });
      expect(nobodys.output).toContain('there is no plan to apply');

      // Each part of what was approved, tampered with in turn.
      const file = manifestIn(pipeline, 'proxy-service');
      const folder = path.dirname(file);
      const whole = readFileSync(file, 'utf8');
      const manifest = JSON.parse(whole) as Record<string, unknown>;
      const tampered: [string, () => void, RegExp][] = [
        [
          'expiry',
          () => writeFileSync(file, JSON.stringify({ ...manifest, expiresAt: '2099-01-01T00:00:00.000Z' })),
          /manifest was edited/,
        ],
        [
          'account',
          () => writeFileSync(file, JSON.stringify({ ...manifest, account: '210987654321' })),
          /made for account 210987654321/,
        ],
        [
          'environment',
          () => writeFileSync(file, JSON.stringify({ ...manifest, environment: 'other' })),
          /made for environment "other"/,
        ],
        ['plan', () => writeFileSync(path.join(folder, 'plan.bin'), 'x'), /not the plan that was reviewed/],
        ['JSON', () => writeFileSync(path.join(folder, 'plan.json'), '{}'), /plan\.json is not what was reviewed/],
      ];
      for (const [part, tamper, reason] of tampered) {
        const before = ['plan.bin', 'plan.json'].map((name): [string, Buffer] => [
          name,
          readFileSync(path.join(folder, name)),
        ]);
        tamper();
        const refused = await pipeline.npm('ci:apply', '--', '--aws', '--approved', `benchmark/proxy-service=${id}`);
        expect([part, refused.code]).toEqual([part, 3]);
        expect(refused.output).toMatch(reason);
        writeFileSync(file, whole);
        for (const [name, bytes] of before) writeFileSync(path.join(folder, name), bytes);
      }
      succeeded(await pipeline.npm('ci:apply', '--', '--aws', '--approved', `benchmark/proxy-service=${id}`));

      // Nothing drifted, and it costs what it costs.
      const drift = await pipeline.run('nightly-drift.yml', 'drift', expressions());
      succeeded(drift);
      expect(drift.summary).toContain('No drift in `network`, `proxy-service`');
      const reap = await pipeline.run('nightly-reaper.yml', 'reap', expressions());
      succeeded(reap);
      expect(reap.summary).toMatch(/It never expires[\s\S]*\| \*\*in all\*\* \| \d+ \| \*\*\d+\.\d\d\*\*/);
      pipeline.edit('over', (environment) => (environment.expiresAt = '2026-01-01T00:00:00Z'));
      const expired = await pipeline.run('nightly-reaper.yml', 'reap', expressions());
      expect(expired).toMatchObject({ code: 2 });
      expect(expired.summary).toContain('It expired at 2026-01-01T00:00:00Z');
      expect(existsSync(path.join(pipeline.clone, 'reports', 'ci', 'comment.md'))).toBe(true);

      // Somebody takes it down, in reverse order; what is gone is planned again, though no commit says so.
      const nobodyNamed = await pipeline.npm('ci:reap', '--', '--aws', '--destroy');
      expect(nobodyNamed).toMatchObject({
        code: 3,
        output: expect.stringContaining('wants the environment named') as string,
      });
      const destroyed = await pipeline.npm('ci:reap', '--', '--aws', '--destroy', '--environment', 'benchmark');
      succeeded(destroyed);
      expect(destroyed.output).toContain('It was taken down.');
      expect(destroyed.output.indexOf('nx run proxy-service:destroy')).toBeLessThan(
        destroyed.output.indexOf('nx run network:destroy'),
      );
      const after = await pipeline.run('nightly-reaper.yml', 'reap', expressions());
      succeeded(after);
      expect(after.summary).toContain('Nothing exists.');
      pipeline.edit('on', (environment) => Reflect.deleteProperty(environment, 'expiresAt'));
      const again = await pipeline.npm('ci:apply', '--', '--aws', '--environment', 'benchmark');
      expect(again.code).toBe(2);
      expect(again.output).toMatch(/\| `network` \| changes; good until/);
      const waves = await pipeline.npm('waves', '--', '--environment', 'laptop');
      expect(waves).toMatchObject({ code: 2, output: expect.stringContaining('not planned') as string });
    });
  });
