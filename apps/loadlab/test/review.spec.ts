import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Workbench } from './loadlab-process';

jest.setTimeout(60_000);

let bench: Workbench;
beforeEach(() => {
  bench = new Workbench();
});
afterEach(() => bench.remove());

const plan = (more: object = {}): string =>
  JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    resource_changes: [
      {
        address: 'aws_s3_bucket.data',
        mode: 'managed',
        type: 'aws_s3_bucket',
        name: 'data',
        change: { actions: ['delete'], before: { bucket: 'data' }, after: null },
      },
    ],
    ...more,
  });
const rules = (level: string): string =>
  `rules: [{ name: no loss, level: ${level}, type: aws_s3_*, action: delete, message: keep it }]\n`;

it('every bad input is said at once, with exit 3 and nothing written', async () => {
  const files = {
    'truncated.json': plan().slice(0, 120),
    'newer.json': plan({ format_version: '2.0' }),
    'failed.json': plan({ errored: true }),
    'state.json': JSON.stringify({ version: 4, serial: 1, lineage: 'x', resources: [] }),
    'other.json': '{"hello": "secret-word-in-a-file"}',
    'empty.json': '',
    'saved.bin': 'PK\u0003\u0004 rest of a saved plan',
  };
  for (const [name, text] of Object.entries(files)) bench.write(name, text);
  writeFileSync(path.join(bench.folder, 'binary.json'), Buffer.from([0xff, 0xfe, 0, 1, 2]));
  mkdirSync(path.join(bench.folder, 'folder.json'));
  const { code, stdout, stderr } = await bench.run([
    'review',
    ...Object.keys(files),
    'binary.json',
    'folder.json',
    'missing.json',
    '--out',
    'review.md',
  ]);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(bench.exists('review.md')).toBe(false);
  for (const words of [
    /truncated\.json[^]*not whole JSON: it ends too early|broken at character/,
    /newer\.json[^]*format 2\.0; this reader knows 1\.x/,
    /failed\.json[^]*failed run/,
    /state\.json[^]*is a state, not a plan/,
    /other\.json[^]*not a Terraform plan[^]*terraform show -json/,
    /empty\.json[^]*the file is empty/,
    /saved\.bin[^]*binary format[^]*terraform show -json/,
    /binary\.json[^]*binary, not JSON/,
    /folder\.json[^]*is a folder/,
    /missing\.json[^]*no such file/,
  ])
    expect(stderr).toMatch(words);
  expect(stderr).not.toContain('secret-word');
  expect(stderr).not.toMatch(/\n\s+at .*:\d+/);
});

it.each([
  ['deny', 1],
  ['needs-approval', 0],
  ['warn', 0],
])('a policy that says %s ends with %d', async (level, expected) => {
  bench.write('plan.json', plan());
  bench.write('rules.yaml', rules(level));
  const { code, stdout } = await bench.run(['review', 'lab=plan.json', '--policy', 'rules.yaml']);
  expect(code).toBe(expected);
  expect(stdout).toMatch(/^critical: deletes aws_s3_bucket\.data, which holds data/);
  expect(stdout).toContain(`${level} lab: aws_s3_bucket.data: keep it (no loss)`);
});

it('a policy file with mistakes is refused with all of them', async () => {
  bench.write('plan.json', plan());
  bench.write('rules.yaml', 'rules: [{ name: x, level: denied, typ: aws_*, message: m }]\n');
  const { code, stderr } = await bench.run(['review', 'plan.json', '--policy', 'rules.yaml']);
  expect(code).toBe(3);
  expect(stderr).toMatch(/rules\[0\]\.level[^]*deny[^]*rules\[0\]\.typ\s+unknown key[^]*did you mean "type"/);
});

it('the shipped policies are sound, and known by their content', async () => {
  const { code, stdout } = await bench.run(['validate', path.join(__dirname, '../../../reviews.yaml')]);
  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('a sound reviews.yaml') as string,
  });
});
