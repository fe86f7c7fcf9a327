import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { loadEnvironment } from '../environment/load-environment';
import { labApp } from './lab-app';
import { LabStack } from './lab-stack';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lab-app-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** A workspace of one environment, synthesized; the files by their path. */
function synthesizeIn(workspace: string): Record<string, string> {
  const folder = join(workspace, 'environments/trial');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'environment.yaml'), 'namespace: lab\nregion: us-east-1\nbackend:\n  local: {}\n');
  writeFileSync(join(folder, 'config.yaml'), 'model_list: []\n');
  writeFileSync(join(folder, '.terraform.lock.hcl'), '# the locked provider\n');
  const app = labApp({ outdir: join(workspace, 'packages/network/cdktf.out') });
  new LabStack(app, 'network', loadEnvironment('trial', { root: workspace }));
  app.synth();
  return filesBelow(app.outdir);
}

function filesBelow(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((file) => statSync(file).isFile())
      .map((file) => [relative(folder, file), readFileSync(file, 'utf8')]),
  );
}

describe('the synthesized files', () => {
  it('are where the targets and the cdktf command look for them', () => {
    expect(Object.keys(synthesizeIn(root)).sort()).toEqual([
      'manifest.json',
      'stacks/network-trial/.terraform.lock.hcl',
      'stacks/network-trial/cdk.tf.json',
    ]);
  });

  it('are the same, byte for byte, twice and on another path', () => {
    const here = synthesizeIn(join(root, 'here'));
    expect(synthesizeIn(join(root, 'here'))).toEqual(here);
    expect(synthesizeIn(join(root, 'somewhere/else'))).toEqual(here);
  });

  it('name no place on this machine', () => {
    expect(JSON.stringify(synthesizeIn(root))).not.toContain(tmpdir());
  });

  it('lead to the state’s folder, from where Terraform runs', () => {
    const json = JSON.parse(synthesizeIn(root)['stacks/network-trial/cdk.tf.json'] ?? '') as {
      terraform: { backend: { local: { path: string } } };
    };
    const runsIn = join(root, 'packages/network/cdktf.out/stacks/network-trial');
    expect(join(runsIn, json.terraform.backend.local.path)).toBe(
      join(root, 'environments/trial/.terraform-state/lab/trial/network.tfstate'),
    );
  });

  it('bring the environment’s provider lock with them, if it has one', () => {
    const files = synthesizeIn(root);
    expect(files['stacks/network-trial/.terraform.lock.hcl']).toBe('# the locked provider\n');
    cpSync(join(root, 'environments/trial'), join(root, 'environments/unlocked'), { recursive: true });
    rmSync(join(root, 'environments/unlocked/.terraform.lock.hcl'));
    const app = labApp({ outdir: join(root, 'unlocked.out') });
    new LabStack(app, 'network', loadEnvironment('unlocked', { root }));
    app.synth();
    expect(Object.keys(filesBelow(app.outdir))).not.toContain('stacks/network-unlocked/.terraform.lock.hcl');
  });
});

describe('the folder that an app writes to', () => {
  const before = { ...process.env };
  const program = process.argv[1];
  afterEach(() => {
    process.env = { ...before };
    process.argv[1] = program ?? '';
  });

  it('is the cdktf command’s, when that runs', () => {
    process.env.CDKTF_OUTDIR = join(root, 'told');
    expect(labApp().outdir).toBe(join(root, 'told'));
  });

  it('is beside the cdktf.json of the program that was started', () => {
    delete process.env.CDKTF_OUTDIR;
    mkdirSync(join(root, 'src'));
    writeFileSync(join(root, 'cdktf.json'), '{}');
    process.argv[1] = join(root, 'src/main.ts');
    expect(labApp().outdir).toBe(join(root, 'cdktf.out'));
  });
});
