import { hideSecrets, looksSecret } from './looks-secret';

// Put together here, so that scanners of this repository find no key.
const a = (length: number): string => 'a1B2'.repeat(length).slice(0, length);

describe('a text that looks like a secret', () => {
  it.each([
    ['an OpenAI key', `sk-${a(40)}`],
    ['an Anthropic key', `sk-ant-api03-${a(40)}`],
    ['an AWS access key', `AKIA${'A1'.repeat(8)}`],
    ['a GitHub token', `ghp_${a(36)}`],
    ['a GitLab token', `glpat-${a(20)}`],
    ['a Slack token', `xoxb-${a(24)}`],
    ['a Google key', `AIza${a(35)}`],
    ['a Hugging Face token', `hf_${a(30)}`],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----'],
    ['a JSON web token', `eyJ${a(20)}.eyJ${a(20)}.${a(20)}`],
    ['a URL with a password', `postgres://me:${a(8)}@db:5432/x`],
    ['one inside other words', `key=sk-${a(20)}, please`],
  ])('is %s', (_what, text) => {
    expect(looksSecret(text)).toBe(true);
  });

  it.each([
    ['a word with a dash', 'task-definition'],
    ['a word that only begins like one', 'sk-short'],
    ['a digest', `sha256:${'0123456789abcdef'.repeat(4)}`],
    ['an ARN', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:openai-AbCdEf'],
    ['a URL with a port', 'http://127.0.0.1:9000/path'],
    ['a URL with a user only', 'https://me@example.com'],
    ['an image', 'ghcr.io/berriai/litellm:v1.108.7'],
    ['an e-mail address', 'me@example.com'],
  ])('is not %s', (_what, text) => {
    expect(looksSecret(text)).toBe(false);
  });
});

it('hides every secret in a text, and nothing else', () => {
  const text = `proxy.environment.sk-${a(20)} and postgres://me:${a(8)}@db:5432/x, ghp_${a(36)}`;
  expect(hideSecrets(text)).toBe('proxy.environment.(hidden) and postgres(hidden)db:5432/x, (hidden)');
});
