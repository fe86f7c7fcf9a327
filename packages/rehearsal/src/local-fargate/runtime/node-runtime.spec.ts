import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeRuntime } from './node-runtime';
import { findRuntime } from './runtime-table';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadlab-node-'));
  writeFileSync(join(folder, 'script'), '', { mode: 0o444 });
  writeFileSync(join(folder, 'program'), '', { mode: 0o555 });
});
afterAll(() => rmSync(folder, { recursive: true }));

const runtime = (tag: string): ReturnType<typeof nodeRuntime.find> => nodeRuntime.find({ repository: 'node', tag });

describe('nodeRuntime', () => {
  it.each([
    ['public.ecr.aws/docker/library/node:20-slim', true],
    ['node', true],
    ['bitnami/node-exporter', false],
  ])('stands for %s: %s', (image, stands) => {
    const found = findRuntime(image, [nodeRuntime]);
    expect('description' in found).toBe(stands);
  });

  it('names the images that can run here', () => {
    expect(findRuntime('redis:7', [nodeRuntime])).toEqual({
      message: 'nothing on this machine can stand in for the image redis:7',
      hint: 'images that can run here: public.ecr.aws/docker/library/node',
    });
  });

  it('says when the image has another major version', () => {
    const [major = ''] = process.versions.node.split('.');
    expect(runtime(`${major}-slim`)).not.toHaveProperty('difference');
    expect(runtime('99.1-slim')).toMatchObject({
      difference: expect.stringMatching(/the image is 99\.1-slim$/) as unknown,
    });
  });

  it('starts a command as the entry point of the image does', () => {
    const found = runtime('20');
    if ('message' in found) throw new Error(found.message);
    expect(found.start(['node', 'main.js'])).toEqual([process.execPath, 'main.js']);
    expect(found.start(['--version'])).toEqual([process.execPath, '--version']);
    expect(found.start([join(folder, 'script')])).toEqual([process.execPath, join(folder, 'script')]);
    expect(found.start([join(folder, 'program'), 'x'])).toEqual([join(folder, 'program'), 'x']);
    expect(found.start(['/mnt/app/later.mjs'])).toEqual([process.execPath, '/mnt/app/later.mjs']);
    expect(found.start(['/bin/sh', '-c', 'x'])).toEqual(['/bin/sh', '-c', 'x']);
  });

  it("quotes a crash by its error, not by Node's version", () => {
    const found = runtime('20');
    if ('message' in found) throw new Error(found.message);
    const crash =
      'file.js:1\nthrow new Error("no")\n^\n\nError: no such setting\n    at file.js:1:7\n\nNode.js v20.20.2\n';
    expect(found.lastWords(crash)).toBe('Error: no such setting');
  });
});
