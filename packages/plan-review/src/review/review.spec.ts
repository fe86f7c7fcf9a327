import fc from 'fast-check';
import { formatMarkdown } from '../format/markdown';
import { formatHtml } from '../format/html/page';
import { formatSarif } from '../format/sarif';
import { formatTerminal } from '../format/terminal';
import { visibleLine } from '../format/visible';
import { planSchema, type PlanJson } from '../plan/plan-json';
import { policySchema } from '../policy/policy-schema';
import { reviewPlans } from './review';

interface Given {
  type?: string;
  name?: string;
  actions: string[];
  before?: unknown;
  after?: unknown;
  more?: object;
  change?: object;
}

const resource = ({
  type = 'aws_vpc',
  name = 'main',
  actions,
  before = null,
  after = null,
  more = {},
  change = {},
}: Given): object => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  change: { actions, before, after, ...change },
  ...more,
});
const plan = (changes: object[], more: object = {}): PlanJson =>
  planSchema.parse({ format_version: '1.2', resource_changes: changes, ...more });
const review = (...changes: Given[]) =>
  reviewPlans([{ stack: 'network', file: 'plan.json', plan: plan(changes.map(resource)) }]);

describe('risk', () => {
  it.each<[string, Given, string, RegExp]>([
    [
      'a database is replaced',
      { type: 'aws_db_instance', actions: ['delete', 'create'], before: {}, after: {} },
      'critical',
      /replaces aws_db_instance\.main, which holds data/,
    ],
    ['a bucket is deleted', { type: 'aws_s3_bucket', actions: ['delete'], before: {} }, 'critical', /deletes/],
    [
      'a protection is lifted',
      {
        type: 'aws_lb',
        actions: ['update'],
        before: { enable_deletion_protection: true },
        after: { enable_deletion_protection: false },
      },
      'critical',
      /lifts a protection/,
    ],
    [
      'a pool of users may be deleted',
      {
        type: 'aws_cognito_user_pool',
        actions: ['update'],
        before: { deletion_protection: 'ACTIVE' },
        after: { deletion_protection: 'INACTIVE' },
      },
      'critical',
      /lifts a protection of aws_cognito_user_pool\.main: deletion_protection/,
    ],
    [
      'versions are not kept any more',
      { type: 'aws_s3_bucket_versioning', actions: ['delete'], before: {} },
      'critical',
      /lifts a protection: deletes aws_s3_bucket_versioning\.main/,
    ],
    [
      'a port is opened to everybody',
      {
        type: 'aws_vpc_security_group_ingress_rule',
        actions: ['update'],
        before: { cidr_ipv4: '10.0.0.0/8', from_port: 4000, to_port: 4000 },
        after: { cidr_ipv4: '0.0.0.0/0', from_port: 4000, to_port: 4000 },
      },
      'high',
      /anyone on the internet can reach port 4000/,
    ],
    [
      'a policy is widened',
      {
        type: 'aws_iam_role_policy',
        actions: ['update'],
        before: { policy: '{"Statement":[]}' },
        after: { policy: '{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}' },
      },
      'high',
      /every action of s3 on every resource/,
    ],
    [
      'a network is replaced',
      { actions: ['delete', 'create'], before: {}, after: {} },
      'high',
      /replaces aws_vpc\.main/,
    ],
    [
      'a task definition is replaced',
      { type: 'aws_ecs_task_definition', actions: ['create', 'delete'], before: {}, after: {} },
      'low',
      /as its kind always is/,
    ],
    [
      'something is updated',
      { actions: ['update'], before: { a: 1 }, after: { a: 2 } },
      'medium',
      /updates aws_vpc\.main in place/,
    ],
    [
      'only tags change',
      { actions: ['update'], before: { tags: { a: '1' } }, after: { tags: { a: '2' } } },
      'none',
      /only tags/,
    ],
    ['something is created', { actions: ['create'], after: {} }, 'low', /creates/],
    ['something is forgotten', { actions: ['forget'], before: {} }, 'medium', /nobody manages it/],
    [
      'something only moves',
      { actions: ['no-op'], before: {}, after: {}, more: { previous_address: 'aws_vpc.old' } },
      'none',
      /only moves aws_vpc\.old to aws_vpc\.main/,
    ],
  ])('when %s', (_, change, risk, reason) => {
    expect(review(change).verdict).toEqual({ risk, reason: expect.stringMatching(reason) as string, more: 0 });
  });

  it('is that of the worst change, which comes first', () => {
    const { verdict, changes } = review(
      { actions: ['create'], after: {} },
      { type: 'aws_db_instance', actions: ['delete'], before: {} },
    );
    expect(verdict.risk).toBe('critical');
    expect(changes.map(({ risk }) => risk)).toEqual(['critical', 'low']);
  });
});

it('a replacement says because of which attribute, from what to what', () => {
  const { changes } = review({
    type: 'aws_db_instance',
    actions: ['delete', 'create'],
    before: { availability_zone: 'a' },
    after: { availability_zone: 'b' },
    change: { replace_paths: [['availability_zone']] },
  });
  expect(changes[0]).toMatchObject({
    replacedBecause: ['availability_zone'],
    attributes: [{ path: 'availability_zone', before: 'a', after: 'b' }],
  });
});

it('what depends on a changed resource is named, also through others', () => {
  const resources = [
    { address: 'aws_vpc.main', type: 'aws_vpc' },
    {
      address: 'aws_subnet.app',
      type: 'aws_subnet',
      expressions: { vpc_id: { references: ['aws_vpc.main.id', 'aws_vpc.main'] } },
    },
    {
      address: 'aws_db_instance.main',
      type: 'aws_db_instance',
      expressions: { subnets: [{ ids: { references: ['aws_subnet.app[0].id'] } }] },
    },
  ];
  const changed = plan([resource({ actions: ['update'], before: { a: 1 }, after: { a: 2 } })], {
    configuration: { root_module: { resources } },
  });
  expect(reviewPlans([{ stack: 'network', file: '', plan: changed }]).changes[0]?.downstream).toEqual([
    'aws_subnet.app',
    'aws_db_instance.main',
  ]);
});

it('an output that another stack reads names that stack', () => {
  const producer = plan([], { output_changes: { vpcId: { actions: ['update'], before: 'a', after: 'b' } } });
  const resources = [
    {
      address: 'aws_subnet.x',
      type: 'aws_subnet',
      expressions: {
        vpc_id: {
          references: ['data.terraform_remote_state.network.outputs.vpcId', 'data.terraform_remote_state.network'],
        },
      },
    },
  ];
  const consumer = plan([], { configuration: { root_module: { resources } } });
  const { outputs } = reviewPlans([
    { stack: 'network', file: '', plan: producer },
    { stack: 'database', file: '', plan: consumer },
  ]);
  expect(outputs).toEqual([
    {
      stack: 'network',
      name: 'vpcId',
      action: 'update',
      attributes: [{ path: '', before: 'a', after: 'b' }],
      consumers: ['database'],
    },
  ]);
});

it('policies find what they forbid, strictest first', () => {
  const { rules } = policySchema.parse({
    rules: [
      { name: 'watch', level: 'warn', message: 'look', risk: 'critical' },
      { name: 'no data loss', level: 'deny', message: 'ask the owner', type: 'aws_db_*', action: ['delete'] },
      { name: 'other', level: 'deny', message: 'never met', type: ['aws_s3_*'] },
    ],
  });
  const changed = plan([resource({ type: 'aws_db_instance', actions: ['delete'], before: {} })]);
  const { policy } = reviewPlans([{ stack: 'database', file: '', plan: changed }], rules);
  expect(policy.map(({ rule, level }) => [level, rule])).toEqual([
    ['deny', 'no data loss'],
    ['warn', 'watch'],
  ]);
});

const ACTIONS = [['no-op'], ['create'], ['update'], ['delete'], ['delete', 'create'], ['create', 'delete'], ['forget']];

describe('what reads differently than Terraform remembers', () => {
  const drifted = (name: string, before: object, after: object | null): object =>
    resource({ type: 'aws_efs_file_system', name, actions: [after === null ? 'delete' : 'update'], before, after });
  const configured = (name: string): object => ({
    address: `aws_efs_file_system.${name}`,
    type: 'aws_efs_file_system',
    expressions: { encrypted: { constant_value: true } },
  });
  const read = (...drift: object[]) =>
    reviewPlans([
      {
        stack: 'files',
        file: 'plan.json',
        plan: plan([], {
          resource_drift: drift,
          configuration: { root_module: { resources: [configured('main'), configured('other')] } },
        }),
      },
    ]);

  it('is no drift where the code leaves it to the provider', () => {
    const made = read(drifted('main', { number_of_mount_targets: 0 }, { number_of_mount_targets: 2 }));
    expect(made.drift).toEqual([]);
    expect(made.refreshed.map(({ address }) => address)).toEqual(['aws_efs_file_system.main']);
    for (const words of [formatTerminal(made, false), formatMarkdown(made), formatHtml(made)]) {
      expect(words).toMatch(/number.*of.*mount.*targets/);
      expect(words).not.toMatch(/outside of Terraform/);
    }
  });

  it.each<[string, object, object | null]>([
    ['what the code sets was changed', { encrypted: true }, { encrypted: false }],
    ['a tag was taken away', { tags: { a: '1' } }, { tags: {} }],
    ['a tag of the provider was taken away', { tags_all: { owner: 'us' } }, { tags_all: {} }],
    ['it was deleted', { number_of_mount_targets: 2 }, null],
  ])('is drift where %s', (_, before, after) => {
    const made = read(drifted('main', before, after), drifted('other', { size: 1 }, { size: 2 }));
    expect(made.drift.map(({ address }) => address)).toEqual(['aws_efs_file_system.main']);
    expect(made.refreshed.map(({ address }) => address)).toEqual(['aws_efs_file_system.other']);
  });

  it('is drift where the code does not know the thing any more', () => {
    expect(read(drifted('gone', { size: 1 }, { size: 2 })).drift).toHaveLength(1);
  });
});

describe('whatever a plan holds', () => {
  const change = fc.record({
    type: fc.constantFrom('aws_vpc', 'aws_db_instance', 'aws_security_group', 'aws_iam_role', 'terraform_data'),
    name: fc.string({ minLength: 1 }),
    actions: fc.constantFrom(...ACTIONS),
    before: fc.jsonValue(),
    after: fc.jsonValue(),
    change: fc.record({
      after_unknown: fc.jsonValue(),
      before_sensitive: fc.jsonValue(),
      after_sensitive: fc.jsonValue(),
    }),
  });

  it('the review is made, and its counts are those of the actions', () => {
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const { counts } = review(...changes);
        const count = (...wanted: string[]): number =>
          changes.filter(({ actions }) => wanted.includes(actions.join('/'))).length;
        expect(counts).toMatchObject({
          create: count('create'),
          update: count('update'),
          delete: count('delete'),
          replace: count('delete/create', 'create/delete'),
          forget: count('forget'),
        });
      }),
    );
  });

  it('both texts are written, and the comment fits', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), fc.integer({ min: 2000, max: 8000 }), (changes, longest) => {
        const made = review(...changes);
        expect(formatTerminal(made, false)).toContain(visibleLine(made.verdict.reason));
        expect(formatMarkdown(made).length).toBeLessThanOrEqual(65_536);
        expect(
          formatMarkdown({ ...made, verdict: { risk: 'low', reason: 'x', more: 0 } }, longest).length,
        ).toBeLessThanOrEqual(longest);
      }),
    );
  });
});

it('a name that is markup stays text', () => {
  const text = formatMarkdown(
    review({
      name: '</summary><script>alert(1)</script>`|',
      actions: ['update'],
      before: { a: '```\n<b>' },
      after: { a: '````' },
    }),
  );
  expect(text).not.toContain('<script>');
  expect(text).toMatch(/`{5,}diff/);
});

describe('the page', () => {
  const page = formatHtml(
    review(
      {
        type: 'aws_db_instance',
        name: '"><img src=x onerror=alert(1)>',
        actions: ['delete'],
        before: { a: '<script>' },
      },
      { actions: ['update'], before: { a: 1 }, after: { a: '</style><script>' } },
    ),
  );

  it('asks for nothing from anywhere and runs nothing', () => {
    expect(page).not.toMatch(/<script|<img|<link|https?:|url\(|@import/i);
  });

  it('stands open where it is dangerous, and closed elsewhere', () => {
    const many = formatHtml(
      review(
        { type: 'aws_db_instance', actions: ['delete'], before: {} },
        ...Array.from({ length: 20 }, (_, index) => ({
          name: `n${index}`,
          actions: ['update'],
          before: { a: 1 },
          after: { a: 2 },
        })),
      ),
    );
    expect(many).toMatch(/<details class="change critical" data-address="[^"]*" open/);
    expect(many).toMatch(/<details class="change medium" data-address="[^"]*"\s*>/);
    expect(many).not.toMatch(/<details class="change medium" data-address="[^"]*" open/);
  });
});

it('a stack that cannot be planned yet is named in every text', () => {
  const made = reviewPlans(
    [{ stack: 'network', file: '', plan: plan([]) }],
    [],
    [],
    [{ stack: 'database', upstream: ['network'] }],
  );
  for (const text of [formatTerminal(made, false), formatMarkdown(made), formatHtml(made)])
    expect(text.replace(/<[^>]*>/g, '')).toMatch(
      /database cannot be planned before network is applied|Cannot be planned before network is applied.*\s*database/,
    );
});

it('a name at the beginning of a sentence stays as it is', () => {
  const wide = { cidr_ipv4: '0.0.0.0/0', from_port: 22, to_port: 22 };
  const type = 'aws_vpc_security_group_ingress_rule';
  const page = formatHtml(
    review({ type, actions: ['update'], before: { ...wide, cidr_ipv4: '10.0.0.0/8' }, after: wide }),
  );
  expect(page).toContain('<h1>aws_vpc_security_group_ingress_rule.main: now anyone');
  expect(page).toContain('<strong>Now anyone on the internet can reach port 22');
});

it('code scanning gets a result for each change, at its address', () => {
  const { runs } = JSON.parse(formatSarif(review({ type: 'aws_s3_bucket', actions: ['delete'], before: {} }))) as {
    runs: {
      results: { ruleId: string; level: string; locations: { logicalLocations: { fullyQualifiedName: string }[] }[] }[];
    }[];
  };
  const [result] = runs[0]?.results ?? [];
  expect(result).toMatchObject({ ruleId: 'plan/critical', level: 'error' });
  expect(result?.locations[0]?.logicalLocations[0]?.fullyQualifiedName).toBe('network.aws_s3_bucket.main');
});
