import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { contentAddress } from './content-address';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const bytes = (text: string) => new TextEncoder().encode(text);

test("one file's address is its own SHA-256", () => {
  expect(contentAddress(new Map([['config.yaml', bytes('model_list: []\n')]]))).toBe(sha256('model_list: []\n'));
});

test("several files' address is the SHA-256 of what sha256sum prints", () => {
  const files = new Map([
    ['main.js', bytes('run()')],
    ['a/b.yaml', bytes('x')],
  ]);

  expect(contentAddress(files)).toBe(sha256(`${sha256('x')}  a/b.yaml\n${sha256('run()')}  main.js\n`));
});

test('the order of files does not matter, each byte and name does', () => {
  const files = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), fc.uint8Array({ maxLength: 20 })), {
    minLength: 2,
    maxLength: 6,
    selector: ([name]) => name,
  });
  fc.assert(
    fc.property(files, (entries) => {
      const [first, ...others] = entries;
      const changed = [[first![0], Uint8Array.of(...first![1], 1)] as const, ...others];
      const renamed = [[`${first![0]}-`, first![1]] as const, ...others];

      expect(contentAddress(new Map([...entries].reverse()))).toBe(contentAddress(new Map(entries)));
      expect(contentAddress(new Map(changed))).not.toBe(contentAddress(new Map(entries)));
      expect(contentAddress(new Map(renamed))).not.toBe(contentAddress(new Map(entries)));
    }),
  );
});

test.each(['../x', '/etc/passwd', 'a//b', '.hidden', 'a/../b', 'a b', '', 'a/'])('refuses the path "%s"', (path) => {
  expect(() => contentAddress(new Map([[path, bytes('x')]]))).toThrow('will not do as a published path');
});

test('refuses to publish nothing', () => {
  expect(() => contentAddress(new Map())).toThrow('no files');
});
