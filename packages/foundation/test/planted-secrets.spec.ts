import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSource } from '../src';
import { checkEnvironment } from '../src/environment/check-environment';
import { labApp, LabStack } from '../src/stack';
import { testEnvironment } from '../src/testing';
import { HTTPS, SECRET, SOUND } from './wrong-environments/ingredients';

/** Every text that an environment.yaml can hold, in one place or another. */
const FULL = {
  ...SOUND,
  accountId: '123456789012',
  assumeRoleArn: 'arn:aws:iam::123456789012:role/deployer',
  permissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/boundary',
  kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  owner: 'me',
  expiresAt: '2026-11-24T18:00:00Z',
  tags: { team: 'speed' },
  backend: {
    s3: {
      bucket: 'lab-states-123456789012',
      region: 'us-east-1',
      kmsKeyId: 'alias/states',
      roleArn: 'arn:aws:iam::123456789012:role/states',
      endpoint: 'https://states.example.com',
    },
  },
  network: { existing: { vpcId: 'vpc-0123456789abcdef0', privateSubnetIds: ['subnet-00000001', 'subnet-00000002'] } },
  database: {
    existing: {
      host: 'db.example.internal',
      name: 'litellm',
      username: 'litellm',
      passwordSecretArn: SECRET,
      securityGroupId: 'sg-0123456789abcdef0',
    },
  },
  proxy: {
    image: 'ghcr.io/berriai/litellm:v1.108.7',
    config: './config.yaml',
    https: HTTPS,
    environment: { SOMETHING: 'x' },
    secrets: { OPENAI_API_KEY: SECRET },
  },
  mockOpenai: { image: 'public.ecr.aws/docker/library/node:22.11.0', latency: '100ms' },
};
// Put together here, so that scanners of this repository find no key.
const PLANTED = ['sk', 'proj', 'q7'.repeat(16)].join('-');

type Path = readonly (string | number)[];

function textsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    textsIn(entry, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function planted(value: unknown, path: Path): unknown {
  const [key, ...deeper] = path;
  if (key === undefined) return PLANTED;
  if (Array.isArray(value))
    return value.map((entry: unknown, index) => (index === key ? planted(entry, deeper) : entry));
  const table = value as Record<string, unknown>;
  return { ...table, [key]: planted(table[key], deeper) };
}

describe('a secret in environment.yaml', () => {
  it('finds the environment around it sound', () => {
    expect(checkEnvironment(parseSource('x', JSON.stringify(FULL)), () => 'test').value).toBeDefined();
  });

  it.each(textsIn(FULL).map((path) => [path.join('.'), path] as const))(
    'is refused, and not repeated, at %s',
    (_where, path) => {
      const { value, problems } = checkEnvironment(parseSource('x', JSON.stringify(planted(FULL, path))), () => 'test');
      expect(value).toBeUndefined();
      expect(problems.length).toBeGreaterThan(0);
      expect(JSON.stringify(problems)).not.toContain(PLANTED);
    },
  );

  it('is refused as the name of a tag', () => {
    const { value } = checkEnvironment(
      parseSource('x', JSON.stringify({ ...SOUND, tags: { [PLANTED]: 'x' } })),
      () => 'test',
    );
    expect(value).toBeUndefined();
  });
});

describe('a secret in the variables of the machine', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  it('is in no synthesized file', () => {
    const names = [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'PG_CONN_STR',
      'TF_HTTP_PASSWORD',
      'LITELLM_MASTER_KEY',
    ];
    for (const name of names) process.env[name] = PLANTED;
    const outdir = mkdtempSync(join(tmpdir(), 'planted-'));
    const backends = [SOUND.backend, { pg: {} }, { http: { address: 'https://states.example.com' } }, { local: {} }];
    const app = labApp({ outdir });
    backends.forEach(
      (backend, index) => new LabStack(app, 'trial', testEnvironment({ backend }, { name: `test-${index}` })),
    );
    app.synth();
    const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(outdir, name))
      .filter((file) => statSync(file).isFile());
    expect(files).toHaveLength(1 + backends.length);
    expect(files.filter((file) => readFileSync(file, 'utf8').includes(PLANTED))).toEqual([]);
    rmSync(outdir, { recursive: true });
  });
});
