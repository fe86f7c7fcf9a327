import { z } from 'zod';
import type { Account } from '../account/account';
import type { AccountView } from '../account/account-view';
import type { SecretValues } from '../account/secret-values';
import { AwsError } from '../resources/aws-error';
import { attributesOf } from '../protocol/attributes';
import type { ContainerRuntime, RuntimeTask } from '../resources/ecs/container-runtime';
import { describeTaskDefinition } from '../resources/ecs/describe-task-definition';
import { clusterName } from '../resources/ecs/service';
import { isAllowed } from '../resources/iam/evaluate-policy';
import type { FunctionRunner } from '../resources/lambda/function-runner';
import { findVersion } from '../resources/secretsmanager/secret-version';
import type { ApiAnswer, ApiCall, ApiHandler } from './aws-endpoint';

/** What the calls reach. */
export interface AwsCallsOptions {
  readonly account: Account;
  readonly secrets: SecretValues;
  readonly functions: FunctionRunner;
  readonly containers: ContainerRuntime;
}

type Call = (call: ApiCall, account: AccountView) => Promise<ApiAnswer>;

/** Those calls of AWS's API that the lab's functions make, each with IAM's judgement first. */
export function awsCalls(options: AwsCallsOptions): ApiHandler {
  const calls: Readonly<Record<string, Call>> = {
    'lambda:InvokeFunction': (call, account) => invoke(call, account, options),
    'ecs:ListTasks': (call, account) => listTasks(call, account, options),
    'ecs:DescribeTasks': (call, account) => describeTasks(call, account, options),
    'ecs:RunTask': (call, account) => runTask(call, account, options),
    'logs:GetLogEvents': (call, account) => logEvents(call, account, options),
    'secretsmanager:GetSecretValue': (call, account) => secretValue(call, account, options),
  };
  return (call) => {
    const found = calls[call.action];
    if (found === undefined) throw new AwsError('UnknownOperationException', `${call.action} is not known here`, 404);
    return found(call, options.account.read());
  };
}

function demand(
  account: AccountView,
  call: ApiCall,
  resource: string,
  context: Record<string, string> = {},
  action = call.action,
): void {
  if (isAllowed(account, { roleArn: call.roleArn, action, resource, context })) return;
  const role = call.roleArn.slice(call.roleArn.lastIndexOf('/') + 1);
  throw new AwsError(
    'AccessDeniedException',
    `User: arn:aws:sts::${account.accountId}:assumed-role/${role} is not authorized to perform: ${action} on resource: ${resource} ` +
      'because no identity-based policy allows the action',
  );
}

async function invoke(call: ApiCall, account: AccountView, { functions }: AwsCallsOptions): Promise<ApiAnswer> {
  const { FunctionName, Payload } = z.object({ FunctionName: z.string(), Payload: z.string() }).parse(call.input);
  const name = /:function:([^:]+)/.exec(FunctionName)?.[1] ?? FunctionName;
  demand(account, call, arnOf(account, call, 'lambda', `function:${name}`), {}, 'lambda:InvokeFunction');
  const { payload, functionError } = await functions.invoke(FunctionName, Payload);
  return { body: payload, headers: functionError === undefined ? {} : { 'x-amz-function-error': functionError } };
}

async function listTasks(call: ApiCall, account: AccountView, { containers }: AwsCallsOptions): Promise<ApiAnswer> {
  const input = z
    .object({
      cluster: z.string().default('default'),
      family: z.string().optional(),
      serviceName: z.string().optional(),
      desiredStatus: z.enum(['RUNNING', 'PENDING', 'STOPPED']).default('RUNNING'),
    })
    .parse(call.input);
  const cluster = clusterName(input.cluster);
  demand(account, call, '*', { 'ecs:cluster': arnOf(account, call, 'ecs', `cluster/${cluster}`) });
  const tasks = (await containers.tasks(cluster))
    .filter((task) => (task.lastStatus === 'STOPPED') === (input.desiredStatus === 'STOPPED'))
    .filter((task) => input.family === undefined || task.taskDefinitionArn.includes(`task-definition/${input.family}:`))
    .filter((task) => input.serviceName === undefined || task.service === clusterName(input.serviceName));
  return { body: { taskArns: tasks.map(({ arn }) => arn) } };
}

async function describeTasks(call: ApiCall, account: AccountView, { containers }: AwsCallsOptions): Promise<ApiAnswer> {
  const input = z.object({ cluster: z.string().default('default'), tasks: z.array(z.string()) }).parse(call.input);
  for (const arn of input.tasks) demand(account, call, arn);
  const known = await containers.tasks(clusterName(input.cluster));
  const tasks = input.tasks.flatMap((arn) => known.filter((task) => task.arn === arn));
  return { body: { tasks: tasks.map(taskBody), failures: [] } };
}

async function runTask(
  call: ApiCall,
  account: AccountView,
  { account: store, containers }: AwsCallsOptions,
): Promise<ApiAnswer> {
  const input = z.object({ cluster: z.string().default('default'), taskDefinition: z.string() }).parse(call.input);
  const definition = account.find('aws_ecs_task_definition', input.taskDefinition);
  if (definition === undefined) throw new AwsError('ClientException', 'TaskDefinition not found.');
  const cluster = clusterName(input.cluster);
  demand(account, call, definition.id, { 'ecs:cluster': arnOf(account, call, 'ecs', `cluster/${cluster}`) });
  for (const attribute of ['task_role_arn', 'execution_role_arn']) {
    const role = attributesOf(definition).text(attribute);
    if (role !== '') demand(account, call, role, { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' }, 'iam:PassRole');
  }
  const taskDefinition = describeTaskDefinition(account, definition, store.folders);
  const task = await containers.runTask({ cluster, taskDefinition });
  return { body: { tasks: [taskBody(task)], failures: [] } };
}

async function logEvents(call: ApiCall, account: AccountView, { containers }: AwsCallsOptions): Promise<ApiAnswer> {
  const input = z
    .object({ logGroupName: z.string(), logStreamName: z.string(), limit: z.number().default(100) })
    .parse(call.input);
  demand(
    account,
    call,
    arnOf(account, call, 'logs', `log-group:${input.logGroupName}:log-stream:${input.logStreamName}`),
  );
  const lines = await containers.logLines(input.logGroupName, input.logStreamName, input.limit);
  if (lines === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  return { body: { events: lines.map((message) => ({ message })) } };
}

function secretValue(call: ApiCall, account: AccountView, { secrets }: AwsCallsOptions): Promise<ApiAnswer> {
  const input = z.object({ SecretId: z.string(), VersionStage: z.string().default('AWSCURRENT') }).parse(call.input);
  const version = findVersion(account, input.SecretId, { stage: input.VersionStage });
  if (version !== undefined) demand(account, call, attributesOf(version).text('secret_id'));
  const value = version === undefined ? undefined : secrets.get(version.id);
  if (version === undefined || value === undefined)
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  return Promise.resolve({ body: { ARN: attributesOf(version).text('secret_id'), SecretString: value } });
}

function taskBody(task: RuntimeTask): Record<string, unknown> {
  return {
    taskArn: task.arn,
    taskDefinitionArn: task.taskDefinitionArn,
    lastStatus: task.lastStatus,
    ...(task.stoppedReason === undefined ? {} : { stoppedReason: task.stoppedReason }),
    containers: task.containers,
    attachments: [
      { type: 'ElasticNetworkInterface', details: [{ name: 'privateIPv4Address', value: task.privateIp }] },
    ],
  };
}

function arnOf(account: AccountView, { region }: ApiCall, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account.accountId}:${resource}`;
}
