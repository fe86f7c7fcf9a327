import { parseSecretReference, resolveSecret } from './secret-reference';

const ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:loadlab/master-AbCdEf';

describe('parseSecretReference', () => {
  it.each([
    [ARN, { id: ARN }],
    [`${ARN}:password::`, { id: ARN, jsonKey: 'password' }],
    [`${ARN}:password:AWSPREVIOUS:`, { id: ARN, jsonKey: 'password', versionStage: 'AWSPREVIOUS' }],
    [`${ARN}:::v1`, { id: ARN, versionId: 'v1' }],
    [
      'arn:aws:ssm:us-east-1:123456789012:parameter/loadlab/key',
      { id: 'arn:aws:ssm:us-east-1:123456789012:parameter/loadlab/key' },
    ],
    ['loadlab-key', { id: 'loadlab-key' }],
  ])('reads %s', (valueFrom, reference) => {
    expect(parseSecretReference(valueFrom)).toEqual(reference);
  });
});

describe('resolveSecret', () => {
  const store = new Map([[ARN, '{"username":"lab","password":"s3cret","port":5432}']]);
  const resolve = (valueFrom: string): ReturnType<typeof resolveSecret> =>
    resolveSecret(valueFrom, (id) => store.get(id));

  it.each([
    ['the whole secret', ARN, store.get(ARN)],
    ['a field of it', `${ARN}:password::`, 's3cret'],
    ['a field that is no text', `${ARN}:port::`, '5432'],
  ])('finds %s', (_what, valueFrom, value) => {
    expect(resolve(valueFrom)).toEqual({ value });
  });

  it.each([
    [
      'a secret that is not there',
      'arn:aws:secretsmanager:us-east-1:123456789012:secret:other',
      /other is not in the local store/,
    ],
    ['a field that is not there', `${ARN}:key::`, /no JSON object with the key "key"/],
    ['a name that every object has', `${ARN}:constructor::`, /no JSON object with the key "constructor"/],
  ])('says what is missing: %s', (_what, valueFrom, message) => {
    expect(resolve(valueFrom)).toEqual({ missing: expect.stringMatching(message) as unknown });
  });

  it('never shows the secret in what it says', () => {
    expect(JSON.stringify(resolve(`${ARN}:key::`))).not.toContain('s3cret');
  });
});
