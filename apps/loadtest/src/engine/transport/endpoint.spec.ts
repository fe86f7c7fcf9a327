import { endpointOf } from './endpoint';

describe('an endpoint', () => {
  it.each([
    ['http://127.0.0.1:4000', '/v1/chat/completions'],
    ['http://127.0.0.1:4000/', '/v1/chat/completions'],
    ['http://127.0.0.1:4000/v1', '/v1/chat/completions'],
    ['http://127.0.0.1:4000/v1/', '/v1/chat/completions'],
  ])('does not double /v1: %s', (base, path) => {
    expect(endpointOf(base, path).path).toBe('/v1/chat/completions');
  });

  it.each([
    ['https://host/gateway', '/v1/chat/completions', '/gateway/v1/chat/completions'],
    ['https://host/gateway/v1', '/v1/responses', '/gateway/v1/responses'],
    ['https://host/v1', '/chat/completions', '/v1/chat/completions'],
    ['https://host/v1', '/v1beta/chat', '/v1/v1beta/chat'],
    ['https://host', '/openai/chat/completions?api-version=1', '/openai/chat/completions?api-version=1'],
  ])('keeps the base of %s before %s', (base, path, expected) => {
    expect(endpointOf(base, path).path).toBe(expected);
  });

  it.each([
    ['http://localhost', { secure: false, hostname: 'localhost', port: 80, host: 'localhost' }],
    [
      'https://gateway.example',
      { secure: true, hostname: 'gateway.example', port: 443, host: 'gateway.example', servername: 'gateway.example' },
    ],
    ['https://gateway.example:8443', { port: 8443, host: 'gateway.example:8443' }],
    ['http://[::1]:4000', { hostname: '::1', port: 4000, host: '[::1]:4000' }],
  ])('of %s is where sockets, Host and SNI need it', (base, expected) => {
    expect(endpointOf(base, '/x')).toMatchObject(expected);
  });

  it('asks for no name in TLS when it has only an address', () => {
    expect(endpointOf('https://127.0.0.1', '/x')).not.toHaveProperty('servername');
  });

  it('is http or https', () => {
    expect(() => endpointOf('ftp://host', '/x')).toThrow('not an http(s) URL');
  });
});
