import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../../../test/local-fargate/scratch';
import { makeReadOnlyCopy, removeReadOnly } from './read-only-copy';

let scratch: ReturnType<typeof scratchFolder>;
beforeEach(() => (scratch = scratchFolder()));
afterEach(() => scratch.remove());

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('makeReadOnlyCopy', () => {
  it('holds given files, which nobody may write', () => {
    const target = join(scratch.path, 'volume');
    makeReadOnlyCopy({ files: { 'abc/config.yaml': 'model_list: []', 'main.js': new Uint8Array([1]) } }, target);
    expect(readFileSync(join(target, 'abc/config.yaml'), 'utf8')).toBe('model_list: []');
    expect(['', 'abc', 'abc/config.yaml', 'main.js'].map((path) => modeOf(join(target, path)))).toEqual([
      '555',
      '555',
      '444',
      '444',
    ]);
  });

  it('holds what the folder held at that moment, without its links', () => {
    const source = join(scratch.path, 'source');
    mkdirSync(join(source, 'deep'), { recursive: true });
    writeFileSync(join(source, 'deep/file'), 'then');
    symlinkSync('/etc', join(source, 'link'));
    const target = join(scratch.path, 'volume');
    makeReadOnlyCopy({ folder: source }, target);
    writeFileSync(join(source, 'deep/file'), 'now');
    expect(readFileSync(join(target, 'deep/file'), 'utf8')).toBe('then');
    expect(existsSync(join(target, 'link'))).toBe(false);
  });

  it.each(['../out', '/etc/passwd', 'a/../../out'])('lets no file out of the volume: %s', (path) => {
    expect(() => makeReadOnlyCopy({ files: { [path]: '' } }, join(scratch.path, 'volume'))).toThrow(
      /leaves the volume/,
    );
  });

  it('can be removed again', () => {
    const target = join(scratch.path, 'volume');
    makeReadOnlyCopy({ files: { 'a/b/c': '' } }, target);
    removeReadOnly(target);
    removeReadOnly(target);
    expect(existsSync(target)).toBe(false);
  });
});
