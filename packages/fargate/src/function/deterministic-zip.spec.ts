import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { deterministicZip } from './deterministic-zip';

const bytes = (text: string) => new TextEncoder().encode(text);
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const sample = new Map([
  ['index.js', bytes('exports.handler = async () => 1;\n'.repeat(20))],
  ['files/config.yaml', bytes('model_list: []\n')],
]);

const entries = fc
  .uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,6}(\/[a-z]{1,6})?$/), fc.uint8Array({ maxLength: 300 })), {
    maxLength: 8,
    selector: ([path]) => path,
  })
  .map((list) => new Map(list));

test('gives back what went in', () => {
  fc.assert(
    fc.property(entries, (files) => {
      const unzipped = unzipSync(deterministicZip(files));
      expect(new Map(Object.entries(unzipped).map(([path, content]) => [path, Buffer.from(content)]))).toEqual(
        new Map([...files].sort().map(([path, content]) => [path, Buffer.from(content)])),
      );
    }),
  );
});

test('the order of entries does not matter', () => {
  fc.assert(
    fc.property(entries, (files) => {
      expect(Buffer.from(deterministicZip(new Map([...files].reverse())))).toEqual(
        Buffer.from(deterministicZip(files)),
      );
    }),
  );
});

test('time and time zone do not matter', () => {
  const program = `
    const { deterministicZip } = require('./packages/fargate/src/function/deterministic-zip.ts');
    process.stdout.write(Buffer.from(deterministicZip(new Map([['a', Buffer.from('b')]]))).toString('hex'));`;
  const archives = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns', 'Pacific/Pago_Pago'].map((TZ) =>
    execFileSync(process.execPath, ['--import', 'tsx', '-e', program], {
      cwd: join(__dirname, '..', '..', '..', '..'),
      env: { ...process.env, TZ },
      encoding: 'utf8',
    }),
  );

  expect(new Set(archives).size).toBe(1);
  expect(archives[0]).toBe(Buffer.from(deterministicZip(new Map([['a', bytes('b')]]))).toString('hex'));
});

// Its own test, so that a new release of the compressor cannot change every function unnoticed.
test('is byte for byte what it was', () => {
  expect(sha256(deterministicZip(sample))).toMatchInlineSnapshot(
    `"292d490d569b78dddca339a5088357670a3e80c684717974f7132f45e9bfaa11"`,
  );
});

test("unzips with Python's library to files that everybody may read", () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  try {
    writeFileSync(join(folder, 'a.zip'), deterministicZip(sample));
    const program = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    for entry in archive.infolist():
        print(entry.filename, oct(entry.external_attr >> 16), entry.create_system, entry.date_time)`;
    const listing = execFileSync('python3', ['-c', program, join(folder, 'a.zip')], { encoding: 'utf8' });

    expect(listing).toBe(
      'files/config.yaml 0o100644 3 (1980, 1, 2, 12, 0, 0)\nindex.js 0o100644 3 (1980, 1, 2, 12, 0, 0)\n',
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
