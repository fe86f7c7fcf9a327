import { testEnvironment, type EnvironmentInput } from '@loadlab/foundation/testing';
import { diagnose, type Finding } from '..';
import type { Account, StateStore } from './account';
import { awsChecks, type AwsSurroundings } from './aws-checks';
import { QUOTAS } from './quota-checks';

const BENCHMARK = {
  accountId: '123456789012',
  proxy: { image: 'ghcr.io/berriai/litellm:v1.108.7' },
} satisfies Partial<EnvironmentInput>;

const LIMITS: Record<string, number> = {
  [QUOTAS.onDemandVcpu.code]: 100,
  [QUOTAS.spotVcpu.code]: 100,
  [QUOTAS.vpcs.code]: 5,
  [QUOTAS.addresses.code]: 5,
  [QUOTAS.natGatewaysPerZone.code]: 5,
};

const account = (
  limits: Partial<Record<keyof typeof QUOTAS, number>> = {},
  change: Partial<Account> = {},
): Account => ({
  identity: () => Promise.resolve({ accountId: '123456789012', arn: 'arn:aws:iam::123456789012:user/somebody' }),
  isRegionEnabled: () => Promise.resolve(true),
  quota: ({ code }) => {
    const name = (Object.keys(QUOTAS) as (keyof typeof QUOTAS)[]).find((key) => QUOTAS[key].code === code);
    return Promise.resolve((name && limits[name]) ?? LIMITS[code] ?? 0);
  },
  vpcs: () => Promise.resolve([]),
  addresses: () => Promise.resolve([]),
  natGateways: () => Promise.resolve([]),
  ...change,
});

/** A bucket that honours conditional writes, unless told otherwise. */
const store = (change: Partial<StateStore> = {}): StateStore & { readonly keys: Set<string> } => {
  const keys = new Set<string>();
  return {
    keys,
    bucket: () => Promise.resolve({ region: 'us-east-1', versioned: true }),
    writeFirst: (key) => {
      const isFirst = !keys.has(key);
      keys.add(key);
      return Promise.resolve(isFirst);
    },
    remove: (key) => Promise.resolve(void keys.delete(key)),
    ...change,
  };
};

const healthy = (): AwsSurroundings => ({
  account: account(),
  stateStore: store(),
  fetch: () => Promise.resolve(new Response(null, { status: 200 })),
  variables: {},
  probe: 'doctor-1',
});

async function findings(
  around: Partial<AwsSurroundings> = {},
  sections: Partial<EnvironmentInput> = {},
): Promise<Record<string, Finding>> {
  const checks = awsChecks(testEnvironment({ ...BENCHMARK, ...sections }), { ...healthy(), ...around });
  return Object.fromEntries((await diagnose(checks)).map(({ name, finding }) => [name, finding]));
}

/** Jest's own matcher has no type. */
const containing = (text: string): unknown => expect.stringContaining(text);
const failing = (name: string, message = name, more: object = {}) => {
  const error = Object.assign(new Error(message), { name, ...more });
  return () => Promise.reject(error);
};
const refusing = (fail: () => Promise<never>): Account => ({
  identity: fail,
  isRegionEnabled: fail,
  quota: fail,
  vpcs: fail,
  addresses: fail,
  natGateways: fail,
});

describe('an account that has all that a deployment needs', () => {
  it('has nothing to mend', async () => {
    const states = Object.entries(await findings()).map(([name, { state }]) => `${name}: ${state}`);
    expect(states).toEqual(
      [
        'credentials',
        'account',
        'region',
        'state bucket',
        'state lock',
        'image of the gateway',
        'Fargate vCPU',
        'VPCs',
        'Elastic IPs',
        'NAT gateways',
      ].map((name) => `${name}: ok`),
    );
  });

  it('gets its lock back', async () => {
    const stateStore = store();
    await findings({ stateStore });
    expect([...stateStore.keys]).toEqual([]);
  });
});

describe('credentials', () => {
  it.each([
    ['none', 'CredentialsProviderError', 'no credentials', 'log in'],
    ['expired ones', 'ExpiredToken', 'the credentials have expired', 'log in again'],
    ['unknown ones', 'InvalidClientTokenId', 'AWS does not know these credentials', 'log in'],
  ])('%s are missing once, and the rest is not looked at', async (_what, name, seen, remedy) => {
    const { credentials, account: whose, ...rest } = await findings({ account: refusing(failing(name)) });
    expect(credentials).toMatchObject({ state: 'missing', seen });
    expect(credentials?.remedy).toContain(remedy);
    expect(whose).toEqual({ state: 'warning', seen: `not looked at: ${seen}` });
    expect(Object.values(rest).filter(({ state }) => state === 'missing')).toEqual([]);
  });

  it('cannot be asked for without a network', async () => {
    const { credentials } = await findings({ account: refusing(failing('Error', '', { code: 'ENOTFOUND' })) });
    expect(credentials).toMatchObject({ state: 'missing', seen: 'AWS cannot be reached from here' });
  });

  it('are lost on a portal that wants a login', async () => {
    const { credentials } = await findings({ account: refusing(failing('SyntaxError', 'Unexpected token <')) });
    expect(credentials).toMatchObject({ state: 'missing', seen: 'something answers that is not AWS' });
  });

  it('may not assume the role that deploys', async () => {
    const assumeRoleArn = 'arn:aws:iam::123456789012:role/deployer';
    const { credentials } = await findings({ account: refusing(failing('AccessDenied')) }, { assumeRoleArn });
    expect(credentials).toMatchObject({ state: 'missing', seen: `the credentials may not assume ${assumeRoleArn}` });
  });

  it('may not look at quotas, which hides nothing else', async () => {
    const quota = failing('AccessDeniedException', 'not authorized to perform: servicequotas:GetServiceQuota');
    const { 'Fargate vCPU': vcpu, region } = await findings({ account: account({}, { quota }) });
    expect(vcpu).toMatchObject({ state: 'warning', seen: containing('servicequotas:GetServiceQuota') });
    expect(region).toMatchObject({ state: 'ok' });
  });

  it('that fail in a way nobody knows are shown with their own words', async () => {
    const { region } = await findings({ account: account({}, { isRegionEnabled: failing('Error', 'a new way') }) });
    expect(region).toEqual({ state: 'missing', seen: 'a new way' });
  });
});

describe('the account', () => {
  it('is another than the one that is meant', async () => {
    const { account: whose } = await findings({}, { accountId: '999999999999' });
    expect(whose).toMatchObject({ state: 'missing', seen: '123456789012, but accountId says 999999999999' });
  });

  it('is anybody’s when none is meant', async () => {
    const environment = testEnvironment();
    const diagnoses = await diagnose(awsChecks(environment, healthy()));
    expect(diagnoses.find(({ name }) => name === 'account')?.finding).toEqual({
      state: 'warning',
      seen: '123456789012; nothing refuses another',
      remedy: 'accountId: "123456789012" in environment.yaml',
    });
  });

  it('has not enabled the region', async () => {
    const isRegionEnabled = () => Promise.resolve(false);
    const { region } = await findings({ account: account({}, { isRegionEnabled }) }, { region: 'af-south-1' });
    expect(region).toMatchObject({ state: 'missing', remedy: containing('--region-name af-south-1') });
  });
});

describe('the states', () => {
  it('have no bucket', async () => {
    const stateStore = store({ bucket: () => Promise.resolve(undefined), writeFirst: failing('NoSuchBucket') });
    const found = await findings({ stateStore });
    expect(found['state bucket']).toMatchObject({ state: 'missing', remedy: containing('bootstrap') });
    expect(found['state lock']).toMatchObject({ state: 'warning' });
  });

  it('have a bucket in another region', async () => {
    const bucket = () => Promise.resolve({ region: 'eu-west-1', versioned: true });
    const { 'state bucket': found } = await findings({ stateStore: store({ bucket }) });
    expect(found).toMatchObject({ state: 'missing', remedy: containing('backend.s3.region: eu-west-1') });
  });

  it('have a bucket without versions', async () => {
    const bucket = () => Promise.resolve({ region: 'us-east-1', versioned: false });
    const { 'state bucket': found } = await findings({ stateStore: store({ bucket }) });
    expect(found).toMatchObject({ state: 'warning', remedy: containing('put-bucket-versioning') });
  });

  it('may not be locked with these rights', async () => {
    const { 'state lock': lock } = await findings({ stateStore: store({ writeFirst: failing('AccessDenied') }) });
    expect(lock).toMatchObject({
      state: 'missing',
      seen: 'the credentials may not write loadlab/test/doctor-1.tfstate.tflock',
    });
  });

  it('are on a server that gives the same lock twice', async () => {
    const { 'state lock': lock } = await findings({ stateStore: store({ writeFirst: () => Promise.resolve(true) }) });
    expect(lock).toMatchObject({ state: 'missing', seen: containing('ignores conditional writes') });
  });

  it('are in a database that nobody named', async () => {
    const { states } = await findings({ stateStore: undefined }, { backend: { pg: {} } });
    expect(states).toMatchObject({ state: 'missing', seen: 'PG_CONN_STR is not set' });
  });

  it('are in a folder', async () => {
    const { states } = await findings({ stateStore: undefined }, { backend: { local: {} } });
    expect(states).toMatchObject({ state: 'ok' });
  });
});

describe('Fargate vCPU', () => {
  it('of a new account do not carry the benchmark', async () => {
    const { 'Fargate vCPU': found } = await findings({ account: account({ onDemandVcpu: 6 }) });
    expect(found).toEqual({
      state: 'missing',
      seen: '6 allowed; the gateway needs 16, and 32 during a rollout; the mock 2, all generators 32',
      remedy: containing('--quota-code L-3032A538 --desired-value 50 --region us-east-1'),
    });
  });

  it.each([
    [17, 'missing', 'not even the tasks'],
    [18, 'warning', 'the tasks, but no rollout'],
    [49, 'warning', 'a rollout, but not all generators'],
    [50, 'ok', 'everything'],
  ])('of %d are %s: %s', async (onDemandVcpu, state) => {
    expect((await findings({ account: account({ onDemandVcpu }) }))['Fargate vCPU']).toMatchObject({ state });
  });

  it('count what autoscaling may add', async () => {
    const proxy = { autoscaling: { minTasks: 4, maxTasks: 10 } };
    const { 'Fargate vCPU': found } = await findings({}, { proxy, loadGenerator: 'none', mockOpenai: 'none' });
    expect(found?.seen).toBe('100 allowed; the gateway needs 40, and 80 during a rollout');
  });

  it('of Spot generators are a quota of their own', async () => {
    const limited = account({ onDemandVcpu: 34, spotVcpu: 10 });
    const found = await findings({ account: limited }, { loadGenerator: { spot: true } });
    expect(found['Fargate vCPU']).toMatchObject({ state: 'ok' });
    expect(found['Fargate Spot vCPU']).toMatchObject({ state: 'warning', seen: '10 allowed; all generators need 32' });
  });
});

describe('the network', () => {
  const others = (count: number, tags = {}) =>
    Array.from({ length: count }, (_unused, index) => ({ id: `x-${index}`, tags }));
  const own = { project: 'loadlab', environment: 'test' };

  it.each([
    ['a VPC too many', { vpcs: () => Promise.resolve(others(5)) }, 'VPCs', 'missing'],
    ['an address too many', { addresses: () => Promise.resolve(others(5)) }, 'Elastic IPs', 'missing'],
    ['its own VPC already', { vpcs: () => Promise.resolve([...others(4), ...others(1, own)]) }, 'VPCs', 'ok'],
    [
      'a full zone',
      { natGateways: () => Promise.resolve(others(5).map((gateway) => ({ ...gateway, zone: 'us-east-1a' }))) },
      'NAT gateways',
      'missing',
    ],
    [
      'gateways in two zones',
      {
        natGateways: () =>
          Promise.resolve(others(6).map((gateway, index) => ({ ...gateway, zone: `us-east-1${index % 2}` }))),
      },
      'NAT gateways',
      'ok',
    ],
  ])('has %s', async (_what, change, name, state) => {
    const found = (await findings({ account: account({}, change) }))[name];
    expect(found).toMatchObject({ state });
    expect(found?.remedy !== undefined).toBe(state !== 'ok');
  });

  it('has an address for each zone’s NAT gateway', async () => {
    const { 'Elastic IPs': found } = await findings(
      { account: account({}, { addresses: () => Promise.resolve(others(3)) }) },
      { network: { nat: 'perZone', availabilityZones: 3 } },
    );
    expect(found).toMatchObject({ state: 'missing', seen: '3 of 5 in use; 3 more are needed' });
  });

  it('that somebody else made needs no room', async () => {
    const existing = { vpcId: 'vpc-01234567', privateSubnetIds: ['subnet-01234567', 'subnet-01234568'] };
    const { VPCs } = await findings(
      { account: account({}, { vpcs: () => Promise.resolve(others(5)) }) },
      { network: { existing } },
    );
    expect(VPCs).toMatchObject({ state: 'ok', seen: 'none is made; 5 of 5 are in use' });
  });
});
