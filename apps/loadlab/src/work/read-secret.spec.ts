import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testEnvironment } from '@loadlab/foundation/testing';
import { masterKeyReader } from './read-secret';

const ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:key-AbCdEf';

/** Secrets Manager, as far as its client asks here. */
describe('the master key', () => {
  const variables = { ...process.env };
  let answer: { readonly status: number; readonly body: object };
  let asked: unknown;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked = { target: request.headers['x-amz-target'], body: JSON.parse(body) as unknown };
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer.body));
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env.AWS_ACCESS_KEY_ID = 'testing';
    process.env.AWS_SECRET_ACCESS_KEY = 'testing';
  });
  afterAll(async () => {
    process.env = { ...variables };
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const read = masterKeyReader(testEnvironment());

  it('is the whole value of its secret', async () => {
    answer = { status: 200, body: { SecretString: 'sk-master' } };
    expect(await read(ARN)).toBe('sk-master');
    expect(asked).toEqual({ target: 'secretsmanager.GetSecretValue', body: { SecretId: ARN } });
  });

  it.each([
    ['there is no such secret', 400, { __type: 'ResourceNotFoundException' }],
    ['secretsmanager:GetSecretValue', 400, { __type: 'AccessDeniedException', Message: 'no' }],
    ['the credentials have expired', 400, { __type: 'ExpiredTokenException' }],
    ['holds no text', 200, {}],
  ])('that cannot be had says: %s', async (words, status, body) => {
    answer = { status, body };
    await expect(read(ARN)).rejects.toThrow(words);
  });
});
