import { compactRecording } from './moto-recording';

const line = (method: string, path: string, headers: Record<string, string> = {}, body = ''): string =>
  JSON.stringify({ method, url: `http://127.0.0.1:1${path}`, headers, body });
const compact = (...lines: string[]): string[] =>
  compactRecording(lines.map((one) => `${one}\n`).join(''))
    .split('\n')
    .slice(0, -1);

describe('a recording of S3', () => {
  it('forgets what was only read, and what was written over or deleted', () => {
    const bucket = line('PUT', '/states');
    const versioning = line('PUT', '/states?versioning');
    const last = line('PUT', '/states/a.tfstate', {}, 'second');
    const deletion = line('DELETE', '/states/a.tflock');
    expect(
      compact(
        bucket,
        versioning,
        line('GET', '/states?list-type=2'),
        line('PUT', '/states/a.tflock', { 'If-None-Match': '*' }),
        line('PUT', '/states/a.tfstate', {}, 'first'),
        last,
        line('HEAD', '/states/a.tfstate'),
        deletion,
      ),
    ).toEqual([bucket, versioning, last, deletion]);
  });

  it('keeps conditional writings, which may or may not have succeeded', () => {
    const first = line('PUT', '/states/a.tflock', { 'If-None-Match': '*' }, 'mine');
    const second = line('PUT', '/states/a.tflock', { 'If-None-Match': '*' }, 'yours');
    expect(compact(first, second)).toEqual([first, second]);
  });

  it('stays as it is when it is compacted again', () => {
    const once = compactRecording(
      [line('PUT', '/b'), line('PUT', '/b/k', {}, '1'), line('PUT', '/b/k', {}, '2')].join('\n'),
    );
    expect(compactRecording(once)).toBe(once);
  });
});
