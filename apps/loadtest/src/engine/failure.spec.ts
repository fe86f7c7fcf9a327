import { type ConnectionStage, socketFailure, statusClass } from './failure';

const error = (code: string, message = code): Error => Object.assign(new Error(message), { code });

describe('the class of a status', () => {
  it.each([
    [200, undefined],
    [204, undefined],
    [301, 'content'],
    [400, 'status4xx'],
    [401, 'status4xx'],
    [429, 'status429'],
    [499, 'status4xx'],
    [500, 'status5xx'],
    [529, 'status5xx'],
    [600, 'protocol'],
  ])('%d is %s', (status, expected) => {
    expect(statusClass(status)).toBe(expected);
  });
});

describe("the class of a socket's error", () => {
  it.each<[string, ConnectionStage, string]>([
    ['ECONNREFUSED', 'connecting', 'connect'],
    ['ENOTFOUND', 'connecting', 'connect'],
    ['EMFILE', 'connecting', 'connect'],
    ['ECONNRESET', 'connecting', 'connect'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'handshake', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'handshake', 'tls'],
    ['EPROTO', 'handshake', 'tls'],
    ['ECONNRESET', 'handshake', 'tls'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'open', 'tls'],
    ['ECONNRESET', 'open', 'reset'],
    ['EPIPE', 'open', 'reset'],
    ['ETIMEDOUT', 'open', 'reset'],
  ])('%s while %s is %s', (code, stage, expected) => {
    expect(socketFailure(error(code), stage).failureClass).toBe(expected);
  });

  it('has the words of the first address when several were tried', () => {
    const several = Object.assign(new AggregateError([error('ECONNREFUSED', 'connect ECONNREFUSED ::1:80')]), {
      code: 'ECONNREFUSED',
    });
    expect(socketFailure(several, 'connecting')).toEqual({
      failureClass: 'connect',
      words: 'connect ECONNREFUSED ::1:80',
    });
  });
});
