import { compactRecording } from './moto-recording';

const line = (method: string, path: string, headers: Record<string, string> = {}, body = ''): string =>
  JSON.stringify({ method, url: `http://127.0.0.1:1${path}`, headers, body });
const compact = (...lines: string[]): string[] =>
  compactRecording(lines.map((one) => `${one}\n`).join(''))
    .split('\n')
    .slice(0, -1);

/** A request as Terraform makes it: its bucket is a host, and its query says what it is. */
const terraform = (method: string, key: string, headers: Record<string, string> = {}, body = ''): string =>
  JSON.stringify({
    method,
    url: `http://states.s3.amazonaws.com/${key}?x-id=${{ PUT: 'PutObject', DELETE: 'DeleteObject' }[method] ?? 'GetObject'}`,
    headers,
    body,
  });

describe('a recording of S3', () => {
  it('keeps of what Terraform does the last state, and no lock that was given back', () => {
    const bucket = line('PUT', '/states');
    const lock = terraform('PUT', 'lab/network.tfstate.tflock', { 'If-None-Match': '*' });
    const unlock = terraform('DELETE', 'lab/network.tfstate.tflock');
    const state = (serial: string): string => terraform('PUT', 'lab/network.tfstate', {}, serial);
    const other = terraform('PUT', 'lab/database.tfstate', {}, '1');
    const runs = [lock, state('1'), unlock, other, terraform('GET', 'lab/network.tfstate'), lock, state('2'), unlock];
    expect(compact(bucket, ...runs, bucket)).toEqual([bucket, other, state('2'), unlock]);
  });

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

  it('forgets who Terraform asked whether it is, twice in each of its runs', () => {
    expect(compact(line('POST', '/', {}, 'Action=GetCallerIdentity'))).toEqual([]);
  });

  it('keeps the first making of a bucket, and what was done to the bucket', () => {
    const bucket = line('PUT', '/states');
    const versioning = line('PUT', '/states?versioning');
    expect(compact(bucket, versioning, bucket, bucket)).toEqual([bucket, versioning]);
  });

  it('keeps of locks that were asked for the first one, which was given', () => {
    const deletion = line('DELETE', '/states/a.tflock');
    const lock = (body: string): string => line('PUT', '/states/a.tflock', { 'If-None-Match': '*' }, body);
    expect(compact(lock('mine'), lock('yours'), lock('theirs'))).toEqual([lock('mine')]);
    expect(compact(lock('mine'), deletion, lock('yours'), lock('theirs'))).toEqual([deletion, lock('yours')]);
    const written = line('PUT', '/states/a.tflock', {}, 'anyhow');
    expect(compact(written, lock('yours'))).toEqual([written]);
  });

  it('keeps writings that wanted to find something', () => {
    const lines = ['1', '2'].map((tag) => line('PUT', '/states/a', { 'If-Match': tag }, tag));
    expect(compact(...lines)).toEqual(lines);
  });

  it('passes over what was written halfway: the disk was full, or the machine lost its power', () => {
    const [bucket, state] = [line('PUT', '/states'), terraform('PUT', 'lab/network.tfstate', {}, '1')];
    expect(compact(bucket, state.slice(0, 40), state, state.slice(0, 60))).toEqual([bucket, state]);
    expect(compact('{"method":"PUT"}')).toEqual([]);
  });

  it('stays as it is when it is compacted again', () => {
    const once = compactRecording(
      [line('PUT', '/b'), line('PUT', '/b/k', {}, '1'), line('PUT', '/b/k', {}, '2')].join('\n'),
    );
    expect(compactRecording(once)).toBe(once);
  });
});
