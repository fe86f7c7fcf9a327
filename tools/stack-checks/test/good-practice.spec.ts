import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';
import { acceptedWeaknesses, checkWithCheckov, judgeLooks, type Looks, type StackFile } from '../src';
import { everyStack } from './profiles';

jest.setTimeout(120_000);

/** Weak on purpose: shows that Checkov reads what it is given. */
const WEAK = {
  id: 'weak-planted',
  json: {
    resource: {
      aws_security_group: {
        open: {
          description: 'open to everyone',
          vpc_id: 'vpc-1',
          ingress: [{ from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] }],
        },
      },
      aws_db_instance: { bare: { engine: 'postgres', storage_encrypted: false, publicly_accessible: true } },
    },
    data: {},
  },
};

/** Types of which Checkov has something to say; of these it must have seen each one. */
const CHECKED_TYPES =
  /^aws_(?:cloudwatch_log_group|db_instance|ecs_|efs_file_system|iam_role|kms|lambda_function|lb|s3_bucket|secretsmanager_secret|security_group|vpc)$/;

const checkov = join(workspaceRoot(), '.venv-checkov', 'bin', 'checkov');
let stacks: StackFile[];
let looks: Looks;
let work: string;

beforeAll(async () => {
  if (!existsSync(checkov)) throw new Error(`${checkov} is missing: npm test makes it`);
  work = mkdtempSync(join(tmpdir(), 'loadlab-checkov-'));
  stacks = everyStack();
  looks = await checkWithCheckov([...stacks, WEAK], { checkov, work });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const ofLab = ({ where }: { readonly where: string }): boolean => !where.startsWith(WEAK.id);

it('all six stacks are checked, in both profiles', () => {
  const names = ['database', 'loadtest', 'mock-openai', 'network', 'proxy-service', 'state-backend'];
  expect(stacks.map(({ id }) => id).sort()).toEqual(
    names.flatMap((name) => [`${name}-benchmark`, `${name}-production`]),
  );
});

it('Checkov saw every resource of the types that it knows', () => {
  const seen = new Set([...looks.passed, ...looks.failed].map(({ where }) => where));
  const missed = stacks.flatMap(({ id, json }) =>
    Object.entries(json.resource)
      .filter(([type]) => CHECKED_TYPES.test(type))
      .flatMap(([, byName]) => Object.keys(byName).map((name) => `${id}:${name}`))
      .filter((where) => !seen.has(where)),
  );
  expect(missed).toEqual([]);
});

it.each([
  ['an open port', 'CKV_AWS_24', 'open'],
  ['a database that is not encrypted', 'CKV_AWS_16', 'bare'],
  ['a database that the internet reaches', 'CKV_AWS_17', 'bare'],
])('finds %s', (_, check, name) => {
  expect(looks.failed).toContainEqual(expect.objectContaining({ check, where: `${WEAK.id}:${name}` }));
});

it('finds nothing in the lab beyond what is accepted with a reason, and nothing is accepted in vain', () => {
  expect(judgeLooks(looks.failed.filter(ofLab), acceptedWeaknesses)).toEqual({ unaccepted: [], stale: [] });
});

it('a new failure and an entry that matches nothing are told apart', () => {
  const failed = [{ check: 'CKV_1', title: 'is locked', where: 'a-benchmark:door' }];
  const accepted = [{ checks: ['CKV_1', 'CKV_2'], where: /window/, reason: 'none' }];
  expect(judgeLooks(failed, accepted)).toEqual({
    unaccepted: ['CKV_1 a-benchmark:door: is locked'],
    stale: ['CKV_1 at /window/', 'CKV_2 at /window/'],
  });
});
