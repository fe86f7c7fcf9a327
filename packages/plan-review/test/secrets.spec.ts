import { formatReview, REVIEW_FORMATS } from '../src/format/format-review';
import { parsePlan } from '../src/plan/parse-plan';
import { planSchema } from '../src/plan/plan-json';
import { readPlans } from '../src/plan/read-plan';
import { reviewPlans } from '../src/review/review';
import { schemaErrors } from './json-schema';
import { committedPlan } from './plans/committed-plan';

const SECRET = 'pl4nted"secret\\value/é';
const KEY = [
  '-----BEGIN KEY-----',
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
  'p1antedLineOfAKey/0123456789abcd',
  '-----END KEY-----',
].join('\n');
const NUMBER = 8_675_309_123;

/** Every way in which a secret may be written: as it is, inside JSON, inside a URL, in Base64 at any byte. */
function spellings(secret: string): string[] {
  const base64 = (prefix: string): string => {
    const whole = Buffer.from(`${prefix}${secret}`).toString('base64').replace(/=+$/, '');
    return whole.slice(Math.ceil((prefix.length * 4) / 3) + 1, -2);
  };
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    base64(''),
    base64('a'),
    base64('ab'),
  ];
}

const marked = { password: true, nested: { list: [false, { deep: true }] }, 'map-key': true };
const values = (suffix: string) => ({
  password: `${SECRET}${suffix}`,
  nested: { list: ['open', { deep: NUMBER }] },
  'map-key': { [`key-${suffix}`]: KEY },
  // Where the mark got lost.
  url: `https://user:${encodeURIComponent(SECRET)}@host/`,
  json: JSON.stringify({ inner: JSON.stringify({ again: SECRET }) }),
  basic: `Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}`,
  pem: `# a copy${suffix}\n${KEY}\n`,
  count: NUMBER,
  [`name-${SECRET}`]: 'a map key',
});
const change = (actions: string[], more: object = {}) => ({
  address: `aws_thing.main["${SECRET}"]`,
  mode: 'managed',
  type: 'aws_thing',
  name: 'main',
  change: {
    actions,
    before: values('-old'),
    after: values('-new'),
    before_sensitive: marked,
    after_sensitive: marked,
    importing: { id: `import-of-${SECRET}` },
    replace_paths: [[`name-${SECRET}`]],
  },
  ...more,
});
const planted = planSchema.parse({
  format_version: '1.2',
  variables: { password: { value: SECRET } },
  resource_changes: [
    change(['update']),
    change(['delete', 'create'], { previous_address: `aws_thing.old["${SECRET}"]` }),
    change(['create']),
  ],
  resource_drift: [change(['update'])],
  output_changes: {
    dsn: {
      actions: ['update'],
      before: `a ${SECRET}`,
      after: `b ${SECRET}`,
      before_sensitive: true,
      after_sensitive: true,
    },
    lost: { actions: ['update'], before: `a ${SECRET}`, after: `b ${SECRET} ${SECRET}-default-secret` },
  },
  checks: [
    {
      address: { to_display: 'check.sound' },
      status: 'fail',
      instances: [
        {
          status: 'fail',
          problems: [{ message: `the password is ${SECRET}, which only a data source knows: state-only-secret` }],
        },
      ],
    },
  ],
  prior_state: {
    values: {
      outputs: { kept: { sensitive: true, value: 'state-only-secret' } },
      root_module: {
        child_modules: [
          {
            resources: [
              { address: 'data.x.y', values: { token: 'data-source-token' }, sensitive_values: { token: true } },
            ],
          },
        ],
      },
    },
  },
  configuration: {
    root_module: {
      variables: { password: { sensitive: true, default: `${SECRET}-default-secret` } },
      module_calls: {
        inner: {
          expressions: { token: { constant_value: 'token-of-a-module' } },
          module: { variables: { token: { sensitive: true, default: 'default-of-a-module' } } },
        },
      },
      resources: [
        { address: 'aws_thing.reader', type: 'aws_thing', expressions: { note: { references: ['aws_thing.main'] } } },
      ],
    },
  },
});

describe.each(REVIEW_FORMATS)('as %s', (format) => {
  it('a review holds no secret that was planted anywhere', () => {
    const text = formatReview(reviewPlans([{ stack: 'lab', file: '', plan: planted }]), format);
    const found = [
      SECRET,
      KEY,
      'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
      'state-only-secret',
      'data-source-token',
      'token-of-a-module',
    ]
      .flatMap(spellings)
      .flatMap((spelling) => [
        spelling,
        spelling.replace(/&/g, '&amp;').replace(/"/g, '&quot;'),
        JSON.stringify(spelling).slice(1, -1),
      ])
      .filter((spelling) => text.includes(spelling));
    expect(found).toEqual([]);
    expect(text).not.toContain(String(NUMBER));
    expect(text).toContain('(sensitive)');
  });

  it.each(['sensitive', 'sensitive-everywhere', 'sensitive-drift'])(
    'the plan %s of real Terraform shows none',
    (name) => {
      const text = formatReview(reviewPlans(readPlans([`lab=${committedPlan(name)}`])), format);
      for (const secret of ['planted-secret-one', 'planted-secret-two', 'planted-secret-three'])
        for (const spelling of spellings(secret)) expect(text).not.toContain(spelling);
    },
  );
});

it.each([
  'update',
  'delete',
  'critical',
  'before',
  'address',
  'attributes',
  'loadlab.review/v1',
  'needs-approval',
  '10.5000',
])('a secret that reads %s makes no other thing of the review', (secret) => {
  const plan = planSchema.parse({
    format_version: '1.2',
    variables: { word: { value: secret } },
    resource_changes: [
      {
        address: 'aws_db_instance.main',
        type: 'aws_db_instance',
        name: 'main',
        change: { actions: ['update'], before: { note: 'a' }, after: { note: secret, [secret]: 'b' } },
      },
    ],
    configuration: { root_module: { variables: { word: { sensitive: true } } } },
  });
  const review = reviewPlans([{ stack: 'lab', file: '', plan }]);
  expect(review).toMatchObject({ counts: { update: 1 }, changes: [{ action: 'update', risk: 'medium' }] });
  expect(schemaErrors('review', formatReview(review, 'json'))).toEqual([]);
  expect(review.changes[0]?.attributes.find(({ path }) => path === 'note')?.after).toBe('(sensitive)');
  for (const format of REVIEW_FORMATS) expect(formatReview(review, format)).not.toBe('');
});

it('a broken plan is not quoted, for it may hold secrets', () => {
  const whole = JSON.stringify({ format_version: '1.2', resource_changes: [], a: 'hunter2-is-the-password' });
  for (let end = 1; end < whole.length; end += 3) {
    const words = [whole.slice(0, end), `${whole.slice(0, end)}}`, `${whole.slice(0, end)}\u0001`].flatMap((text) => {
      try {
        parsePlan('plan.json', Buffer.from(text));
        return [];
      } catch (error) {
        return String(error);
      }
    });
    expect(words.join()).not.toMatch(/hunter/);
  }
});
