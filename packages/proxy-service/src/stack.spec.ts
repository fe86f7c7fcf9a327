import { InputError, type Environment } from '@loadlab/foundation';
import { synthesize, testEnvironment, type EnvironmentInput, type SynthesizedStack } from '@loadlab/foundation/testing';
import { gatewayTimeouts } from './container/gateway-timeouts';
import { ProxyServiceStack } from './stack';

const ACCOUNT = '123456789012';
const OPENAI_KEY = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:openai-AbCdEf`;
const OWN_KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`;
const MOCKED = `model_list:
  - model_name: fake-openai-endpoint
    litellm_params: { model: openai/any, api_base: os.environ/MOCK_OPENAI_URL, api_key: not-needed }
`;
const REAL = `model_list:
  - model_name: gpt-4o-mini
    litellm_params: { model: openai/gpt-4o-mini, api_key: os.environ/OPENAI_API_KEY }
`;

const minimal = (): Environment =>
  testEnvironment(
    {
      database: 'none',
      mockOpenai: 'none',
      loadGenerator: 'none',
      proxy: { tasks: 1, cpu: 1, memoryGb: 4, workersPerTask: 1, secrets: { OPENAI_API_KEY: OPENAI_KEY } },
    },
    { config: REAL },
  );
const usual = (sections: Partial<EnvironmentInput> = {}, config = MOCKED): Environment =>
  testEnvironment(sections, { config });
const maximal = (): Environment =>
  testEnvironment(
    {
      profile: 'production',
      accountId: ACCOUNT,
      kmsKeyArn: OWN_KEY,
      permissionsBoundaryArn: `arn:aws:iam::${ACCOUNT}:policy/boundary`,
      network: { availabilityZones: 3, nat: 'perZone' },
      proxy: {
        loadBalancer: 'both',
        https: {
          certificateArn: `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/12345678-1234-1234-1234-123456789012`,
          domain: 'llm.example.com',
        },
        environment: { LITELLM_LOG: 'INFO' },
        secrets: { OPENAI_API_KEY: OPENAI_KEY },
        autoscaling: { minTasks: 4, maxTasks: 8, targetCpuPercent: 60 },
      },
    },
    { config: MOCKED + REAL.slice('model_list:\n'.length) },
  );

/** Each environment is synthesized once: nobody changes what comes out. */
const stacks = new Map<string, SynthesizedStack>();
function synthesized(environment: Environment): SynthesizedStack {
  const key = JSON.stringify(environment);
  const stack = stacks.get(key) ?? synthesize((app) => new ProxyServiceStack(app, environment))['proxy-service-test']!;
  stacks.set(key, stack);
  return stack;
}

interface Container {
  readonly command: readonly string[];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: readonly { readonly name: string }[];
}
const containerOf = (stack: SynthesizedStack, task: string): Container => {
  const definition = stack.resources('aws_ecs_task_definition')[task]!;
  return (JSON.parse(definition.container_definitions as string) as [Container])[0];
};
const variablesOf = (container: Container): Record<string, string> =>
  Object.fromEntries(container.environment.map(({ name, value }) => [name, value]));

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}
const statementsOf = (policy: unknown): Statement[] =>
  (JSON.parse(policy as string) as { Statement: Statement[] }).Statement;

describe('ProxyServiceStack', () => {
  it.each([
    ['minimal', minimal],
    ['maximal', maximal],
  ])('synthesizes the %s environment', (_name, environment) => {
    expect(synthesized(environment()).snapshot).toMatchSnapshot();
  });

  it('keeps the addresses of everything that would be missed', () => {
    const stateful = /^aws_(?:secretsmanager_secret|efs_file_system|lb|ecs_service|ecs_cluster)\./;
    expect(synthesized(usual()).addresses.filter((address) => stateful.test(address))).toEqual([
      'aws_ecs_cluster.cluster',
      'aws_ecs_service.litellm',
      'aws_efs_file_system.config_file-system',
      'aws_lb.entry_internal',
      'aws_secretsmanager_secret.keys_master_secret',
      'aws_secretsmanager_secret.keys_salt_secret',
    ]);
  });

  describe('config.yaml', () => {
    const path = (stack: SynthesizedStack): string => containerOf(stack, 'litellm_task').command[1]!;

    it('is given by a path that is its content, mounted read-only', () => {
      const stack = synthesized(usual());
      expect(path(stack)).toMatch(/^\/mnt\/config\/[0-9a-f]{64}\/config\.yaml$/);
      expect(stack.outputs.configPath).toBe(path(stack));
    });

    it('moves when it changes, and shows what changed as YAML', () => {
      const changed = MOCKED.replace('not-needed', 'none');
      expect(path(synthesized(usual({}, changed)))).not.toBe(path(synthesized(usual())));
      expect(synthesized(usual({}, changed)).resource('terraform_data')).toMatchObject({
        input: { 'config.yaml': changed },
      });
    });

    it('leaves the migration alone when it changes', () => {
      const migration = (stack: SynthesizedStack) => containerOf(stack, 'migration_task');
      const changed = MOCKED.replace('not-needed', 'none');
      expect(migration(synthesized(usual({}, changed)))).toEqual(migration(synthesized(usual())));
    });

    it('is checked before anything is synthesized', () => {
      expect(() => synthesized(usual({}, 'model_lst: []\n'))).toThrow(/did you mean "model_list"/);
    });

    it('has its warnings shown', () => {
      const config = MOCKED.replace('api_key: not-needed', 'api_key: not-needed, mock_response: hi');
      const messages: unknown[] = [];
      synthesize((app) => {
        const stack = new ProxyServiceStack(app, usual({}, config));
        messages.push(...stack.node.metadata.map(({ data }) => data as unknown));
      });
      expect(messages).toEqual([expect.stringContaining('mock_response')]);
    });
  });

  describe('keys', () => {
    it('are made once, by write-only arguments from ephemeral values', () => {
      const stack = synthesized(usual());
      expect(stack.resources('aws_secretsmanager_secret_version')).toMatchObject({
        keys_master_value: {
          secret_string_wo: 'sk-${ephemeral.aws_secretsmanager_random_password.keys_master_random.random_password}',
          secret_string_wo_version: 1,
        },
        keys_salt_value: { secret_string_wo_version: 1 },
      });
      expect(JSON.stringify(stack.json)).not.toMatch(/"secret_string"|"password":/);
    });

    it('exist before a task starts that is given them', () => {
      expect(synthesized(usual()).resource('aws_ecs_service').depends_on).toEqual(
        expect.arrayContaining([
          'aws_secretsmanager_secret_version.keys_master_value',
          'aws_secretsmanager_secret_version.keys_salt_value',
        ]),
      );
    });

    it.each([
      ['benchmark', 0],
      ['production', 30],
    ] as const)('can be had back in profile %s for %p days', (profile, days) => {
      const secrets = synthesized(usual({ profile })).resources('aws_secretsmanager_secret');
      expect(secrets.keys_salt_secret).toMatchObject({ recovery_window_in_days: days });
    });

    it('of providers come by ARN, and ECS may read those secrets only', () => {
      const stack = synthesized(maximal());
      expect(containerOf(stack, 'litellm_task').secrets.map(({ name }) => name)).toEqual([
        'DATABASE_PASSWORD',
        'LITELLM_MASTER_KEY',
        'LITELLM_SALT_KEY',
        'OPENAI_API_KEY',
      ]);
      const policy = stack.resources('aws_iam_role_policy')['litellm_task_execution-role_secrets']!.policy;
      expect(statementsOf(policy)).toEqual([
        {
          Effect: 'Allow',
          Action: 'secretsmanager:GetSecretValue',
          Resource: [
            '${data.terraform_remote_state.database.outputs.passwordSecretArn}',
            '${aws_secretsmanager_secret.keys_master_secret.arn}',
            '${aws_secretsmanager_secret.keys_salt_secret.arn}',
            OPENAI_KEY,
          ],
        },
      ]);
    });

    it('under a key of one’s own can be decrypted through Secrets Manager only', () => {
      const policies = synthesized(maximal()).resources('aws_iam_role_policy');
      for (const role of ['litellm_task', 'migration_task']) {
        expect(statementsOf(policies[`${role}_execution-role_own-key`]!.policy)).toEqual([
          {
            Effect: 'Allow',
            Action: 'kms:Decrypt',
            Resource: OWN_KEY,
            Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } },
          },
        ]);
      }
    });
  });

  describe('the database', () => {
    it('is migrated by one task of the same image before the service', () => {
      const stack = synthesized(usual());
      expect(containerOf(stack, 'migration_task').command).toEqual(['--skip_server_startup']);
      expect(stack.resources('aws_lambda_invocation').migration_run).toMatchObject({ lifecycle_scope: 'CREATE_ONLY' });
      expect(stack.resource('aws_ecs_service').depends_on).toContain('aws_lambda_invocation.migration_run');
    });

    it('is left alone by the tasks of the service, and not by the migration', () => {
      const stack = synthesized(usual());
      expect(variablesOf(containerOf(stack, 'litellm_task'))).toMatchObject({ DISABLE_SCHEMA_UPDATE: 'true' });
      expect(variablesOf(containerOf(stack, 'migration_task'))).not.toHaveProperty('DISABLE_SCHEMA_UPDATE');
    });

    it('is reached by rules of this stack in its group', () => {
      const rules = synthesized(usual()).resources('aws_vpc_security_group_ingress_rule');
      for (const task of ['litellm_task', 'migration_task']) {
        expect(rules[`${task}_security-group_into-database`]).toMatchObject({
          security_group_id: '${data.terraform_remote_state.database.outputs.securityGroupId}',
          referenced_security_group_id: `\${aws_security_group.${task}_security-group.id}`,
          from_port: '${data.terraform_remote_state.database.outputs.port}',
        });
      }
    });

    it('need not be there', () => {
      const stack = synthesized(minimal());
      expect(JSON.stringify(stack.json)).not.toMatch(/migration|DATABASE_|remote_state\.database/);
    });

    it('must have room for all workers, twice during a rollout', () => {
      const small = usual({ database: { instanceClass: 'db.t4g.micro' } });
      expect(() => synthesized(small)).toThrow(InputError);
      expect(() => synthesized(small)).toThrow(
        'database.instanceClass  allows 112 connections; 4 tasks x 4 workers x 10 are 160, during a rolling deployment ' +
          'twice that, with 20 to spare 340  -> a larger database, or general_settings.database_connection_pool_limit: 2 ' +
          'in config.yaml, or fewer tasks or workers',
      );
    });
  });

  describe('the entry', () => {
    it('asks whether a task lives, not whether its database does', () => {
      expect(synthesized(usual()).resource('aws_lb_target_group')).toMatchObject({
        health_check: { path: '/health/liveliness' },
      });
    });

    it('gives up before LiteLLM does', () => {
      const stack = synthesized(usual());
      const { KEEPALIVE_TIMEOUT } = variablesOf(containerOf(stack, 'litellm_task'));
      expect(stack.resource('aws_lb').idle_timeout).toBe(gatewayTimeouts.loadBalancerIdle);
      expect(Number(KEEPALIVE_TIMEOUT)).toBeGreaterThan(gatewayTimeouts.loadBalancerIdle);
    });

    it('is inside the VPC unless it is told otherwise', () => {
      expect(synthesized(usual()).resource('aws_lb').internal).toBe(true);
      expect(Object.keys(synthesized(maximal()).resources('aws_lb'))).toEqual(['entry_internal', 'entry_public']);
    });

    it('gives generators the way inside, whatever clients use', () => {
      const { outputs } = synthesized(maximal());
      expect(outputs).toMatchObject({
        url: 'https://llm.example.com',
        internalUrl: 'http://${aws_lb.entry_internal.dns_name}',
      });
    });
  });

  describe('a deployment', () => {
    it('ends with every task saying that it is ready', () => {
      const { input, depends_on } = synthesized(usual()).resources('aws_lambda_invocation').readiness!;
      expect(JSON.parse(input as string)).toMatchObject({ step: 'awaitReady', path: '/health/readiness', port: 4000 });
      expect(depends_on).toContain('aws_ecs_service.litellm');
    });

    it('leaves the number of tasks to the environment, or to autoscaling', () => {
      const fixed = synthesized(usual());
      expect(fixed.resource('aws_ecs_service')).toMatchObject({ desired_count: 4 });
      expect(fixed.resource('aws_ecs_service').lifecycle).not.toHaveProperty('ignore_changes');
      expect(fixed.resources('aws_appautoscaling_target')).toEqual({});
      const scaled = synthesized(maximal());
      expect(scaled.resource('aws_ecs_service').lifecycle).toMatchObject({ ignore_changes: ['desired_count'] });
      expect(scaled.resource('aws_appautoscaling_target')).toMatchObject({ min_capacity: 4, max_capacity: 8 });
    });

    it('does not have tasks moved between zones in the middle of a run', () => {
      expect(synthesized(usual()).resource('aws_ecs_service')).toMatchObject({
        availability_zone_rebalancing: 'DISABLED',
      });
    });
  });

  it('reaches the mock by what that stack says of itself', () => {
    const stack = synthesized(usual());
    expect(variablesOf(containerOf(stack, 'litellm_task'))).toMatchObject({
      MOCK_OPENAI_URL: '${data.terraform_remote_state.mock-openai.outputs.url}',
    });
    expect(
      stack.resources('aws_vpc_security_group_egress_rule')['litellm_task_security-group_to-mock-openai'],
    ).toMatchObject({
      referenced_security_group_id: '${data.terraform_remote_state.mock-openai.outputs.securityGroupId}',
    });
  });

  it('lets LiteLLM itself do nothing in AWS but read its config', () => {
    const { addresses } = synthesized(maximal());
    expect(addresses.filter((address) => address.includes('litellm_task_task-role_'))).toEqual([
      'aws_iam_role_policy.litellm_task_task-role_mount-config',
    ]);
  });

  it('asks for no permission on everything but those that know no less', () => {
    const statements = Object.values(synthesized(maximal()).resources('aws_iam_role_policy')).flatMap(({ policy }) =>
      statementsOf(policy),
    );
    const actions = (statement: Statement) => [statement.Action].flat();
    expect(statements.flatMap(actions).filter((action) => action.includes('*'))).toEqual([]);
    expect([...new Set(statements.filter(({ Resource }) => Resource === '*').flatMap(actions))].sort()).toEqual([
      // Describing knows no resources.
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      // Narrowed by a condition to the cluster.
      'ecs:ListTasks',
    ]);
  });
});
