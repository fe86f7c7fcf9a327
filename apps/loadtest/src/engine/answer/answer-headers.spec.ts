import { noHeaders, readHeaders } from './answer-headers';

function read(...raw: string[]) {
  const headers = noHeaders();
  readHeaders(raw, headers);
  return headers;
}

describe('the headers of an answer', () => {
  it('are read whatever their case and their neighbours', () => {
    expect(
      read(
        'Server',
        'uvicorn',
        'X-LiteLLM-Overhead-Duration-Ms',
        '1.25',
        'content-type',
        'application/json',
        'X-LITELLM-RESPONSE-DURATION-MS',
        '101.5',
        'x-litellm-version',
        '1.81.0',
        'Keep-Alive',
        'timeout=5, max=100',
      ),
    ).toEqual({
      contentType: 'application/json',
      contentEncoding: '',
      badLength: false,
      keepAliveSeconds: 5,
      overheadMs: 1.25,
      responseMs: 101.5,
      litellmVersion: '1.81.0',
    });
  });

  it.each(['None', '', 'NaN'])('count as missing when they say "%s"', (value) => {
    expect(read('x-litellm-overhead-duration-ms', value).overheadMs).toBeNaN();
  });

  it('of one answer do not linger in the next', () => {
    const headers = noHeaders();
    readHeaders(['x-litellm-version', '1', 'x-litellm-overhead-duration-ms', '9', 'content-length', 'x'], headers);
    readHeaders([], headers);
    expect(headers).toEqual(noHeaders());
  });

  it.each([
    ['12', false],
    ['-1', true],
    ['1.5', true],
    ['abc', true],
    ['', true],
  ])('say whether a length of "%s" is bad', (length, bad) => {
    expect(read('Content-Length', length).badLength).toBe(bad);
  });

  it('tell a compressed answer from one that says it is not', () => {
    expect([
      read('content-encoding', 'gzip').contentEncoding,
      read('content-encoding', 'Identity').contentEncoding,
    ]).toEqual(['gzip', '']);
  });
});
