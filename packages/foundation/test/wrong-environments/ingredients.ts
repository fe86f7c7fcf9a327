/** Nothing is wrong with this one. */
export const SOUND = {
  namespace: 'lab',
  region: 'us-east-1',
  backend: { s3: { bucket: 'lab-states-123456789012', region: 'us-east-1' } },
};
export const HTTPS = {
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
  domain: 'llm.example.com',
};
export const SECRET = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:openai-AbCdEf';
export const DATABASE = {
  host: 'db.example.internal',
  name: 'litellm',
  passwordSecretArn: SECRET,
  securityGroupId: 'sg-0123456789abcdef0',
};
export const DIGEST = `ghcr.io/berriai/litellm:v1.108.7@sha256:${'0'.repeat(64)}`;
export const KEY = `sk-${'a1'.repeat(20)}`;
export const PRODUCTION = { profile: 'production', network: { nat: 'perZone' }, proxy: { image: DIGEST } };
