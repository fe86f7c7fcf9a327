import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { labApp, LabStack } from '@loadlab/foundation/stack';
import { testEnvironment, type Block } from '@loadlab/foundation/testing';
import { unzipSync } from 'fflate';
import { FargateService, PublishedFiles, ReadinessCheck } from '../src';
import { fakeAws, type Answer, type Calls } from './fake-aws';
import { container, network } from './test-stack';

const run = promisify(execFile);
const CONFIG = 'model_list:\n  - model_name: fake\n';

/** One of the stack's functions: its unpacked archive and its settings. */
interface Installed {
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
}

let work: string;
let functions: Readonly<Record<string, Installed>>;
let contentAddress: string;

/** Synthesizes a stack for real and unpacks the archives of its functions, as Lambda would. */
beforeAll(() => {
  work = realpathSync(mkdtempSync(join(tmpdir(), 'archives-')));
  const outdir = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = join(work, 'cdktf.out');
  const app = labApp();
  if (outdir === undefined) delete process.env.CDKTF_OUTDIR;
  else process.env.CDKTF_OUTDIR = outdir;
  const stack = new LabStack(app, 'trial', testEnvironment({ accountId: '123456789012' }));
  const files = new PublishedFiles(stack, 'config', { network, name: 'config', files: { 'config.yaml': CONFIG } });
  const service = new FargateService(stack, 'web', {
    network,
    name: 'web',
    containers: [container()],
    cpu: 1,
    memoryGb: 2,
    desiredTasks: 1,
  });
  new ReadinessCheck(stack, 'readiness', { network, service, path: '/ready' });
  app.synth();

  contentAddress = files.sha256;
  const stackFolder = join(work, 'cdktf.out', 'stacks', 'trial-test');
  const json = JSON.parse(readFileSync(join(stackFolder, 'cdk.tf.json'), 'utf8')) as {
    resource: { aws_lambda_function: Record<string, Block> };
  };
  functions = Object.fromEntries(
    Object.values(json.resource.aws_lambda_function).map((one) => {
      const folder = join(work, String(one.function_name));
      unpack(join(stackFolder, String(one.filename)), folder);
      const { variables = {} } = (one.environment ?? {}) as { variables?: Record<string, string> };
      return [String(one.function_name), { folder, variables }];
    }),
  );
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

function unpack(archive: string, folder: string): void {
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(archive)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

const MARK = 'ANSWER ';

/** What Lambda's own runtime does around a handler; it splits an error's stack, so there has to be one. */
const RUNTIME = `
  const answer = (one) => console.log('${MARK}' + JSON.stringify(one));
  const failed = ({ name, message, stack }) => answer({
    headers: { 'x-amz-function-error': 'Unhandled' },
    body: { errorType: name, errorMessage: message, trace: stack.split('\\n') },
  });
  const [, code, event] = process.argv;
  const context = { getRemainingTimeInMillis: () => 20000 };
  require(code).handler(JSON.parse(event), context).then((body) => answer({ body }), failed);`;

/** Runs a function's handler in a process of its own and answers as Lambda would. */
async function invoke(name: string, event: unknown, variables: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const installed = functions[name];
  if (installed === undefined) throw new Error(`no function ${name} in ${Object.keys(functions).join(', ')}`);
  const own = { PATH: process.env.PATH, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
  const { stdout } = await run(
    process.execPath,
    ['-e', RUNTIME, join(installed.folder, 'index.js'), JSON.stringify(event)],
    { env: { ...own, ...installed.variables, ...variables } },
  );
  const line = stdout.split('\n').find((one) => one.startsWith(MARK));
  if (line === undefined) throw new Error(`${name} gave no answer:\n${stdout}`);
  return JSON.parse(line.slice(MARK.length)) as Answer;
}

/** Calls the Deployer with AWS's services at a fake's address. */
async function deploy(step: unknown, calls: Calls) {
  const aws = await fakeAws(calls);
  try {
    const answer = await invoke('loadlab-test-trial-deployer', step, { AWS_ENDPOINT_URL: aws.url });
    return { answer, seen: aws.seen };
  } finally {
    aws.close();
  }
}

test('the Deployer has the publisher put the file on the file system', async () => {
  const mount = mkdtempSync(join(work, 'mount-'));
  const name = 'loadlab-test-trial-config-publisher';

  const { answer } = await deploy(
    { step: 'publishFiles', functionName: name },
    { [`lambda.${name}`]: (event) => invoke(name, event, { MOUNT_PATH: mount }) },
  );

  expect(answer).toEqual({ body: { path: `/${contentAddress}`, files: 1, removed: 0 } });
  const published = join(mount, contentAddress, 'config.yaml');
  expect(readFileSync(published, 'utf8')).toBe(CONFIG);
  expect(statSync(published).mode & 0o777).toBe(0o444);
});

test('what the publisher cannot do fails the step in its own words', async () => {
  const name = 'loadlab-test-trial-config-publisher';

  const { answer } = await deploy(
    { step: 'publishFiles', functionName: name },
    { [`lambda.${name}`]: (event) => invoke(name, event, { MOUNT_PATH: '/dev/null' }) },
  );

  expect(answer).toMatchObject({
    headers: { 'x-amz-function-error': 'Unhandled' },
    body: {
      errorType: 'DeploymentFailed',
      errorMessage: expect.stringMatching(/publisher failed: .*ENOTDIR/) as string,
    },
  });
});

test('a publisher whose code and settings differ publishes nothing', async () => {
  const mount = mkdtempSync(join(work, 'mount-'));

  const answer = await invoke(
    'loadlab-test-trial-config-publisher',
    {},
    {
      MOUNT_PATH: mount,
      CONTENT_ADDRESS: '0'.repeat(64),
    },
  );

  expect(answer.body).toMatchObject({
    errorMessage: expect.stringContaining('its code and its settings differ') as string,
  });
});

describe('a one-off task', () => {
  const definition = 'arn:aws:ecs:us-east-1:123456789012:task-definition/lab-migration:3';
  const taskArn = 'arn:aws:ecs:us-east-1:123456789012:task/lab/0123abcd';
  const step = {
    step: 'runTask',
    cluster: 'lab',
    taskDefinition: definition,
    container: 'migrate',
    subnetIds: ['subnet-1'],
    securityGroupIds: ['sg-1'],
    logGroup: '/ecs/lab-migration',
    logStreamPrefix: 'task',
  };
  const stoppedWith = (exitCode: number): Calls => ({
    // The answer to the first question comes in two parts.
    'ecs.ListTasks': ({ desiredStatus, nextToken }) => ({
      body: { taskArns: [], ...(desiredStatus === 'RUNNING' && nextToken === undefined ? { nextToken: '2' } : {}) },
    }),
    'ecs.RunTask': () => ({
      body: { tasks: [{ taskArn, taskDefinitionArn: definition, lastStatus: 'PROVISIONING' }] },
    }),
    'ecs.DescribeTasks': () => ({
      body: {
        tasks: [
          {
            taskArn,
            taskDefinitionArn: definition,
            lastStatus: 'STOPPED',
            containers: [{ name: 'migrate', exitCode }],
          },
        ],
      },
    }),
    'logs.GetLogEvents': ({ logStreamName }) => ({
      body: { events: [{ message: `last words in ${String(logStreamName)}` }] },
    }),
  });

  test('that succeeds', async () => {
    const { answer, seen } = await deploy(step, stoppedWith(0));

    expect(answer).toEqual({ body: { task: taskArn, exitCode: 0, adopted: false } });
    expect(seen.join(' ')).toBe('ecs.ListTasks ecs.ListTasks ecs.ListTasks ecs.RunTask ecs.DescribeTasks');
  });

  test('that fails', async () => {
    const { answer } = await deploy(step, stoppedWith(1));

    expect(answer.body).toEqual({
      trace: [''],
      errorType: 'DeploymentFailed',
      errorMessage:
        'container migrate of task 0123abcd ended with exit code 1. Its last words:\nlast words in task/migrate/0123abcd',
    });
  });
});

test('the Deployer has the probe ask a task whether it is ready', async () => {
  const task = createServer((request, response) => response.end(request.url));
  await new Promise<void>((resolve) => task.listen(0, '127.0.0.1', resolve));
  const { port } = task.address() as AddressInfo;
  const definition = 'arn:aws:ecs:us-east-1:123456789012:task-definition/lab-web:1';
  const probe = 'loadlab-test-trial-probe';
  try {
    const { answer } = await deploy(
      {
        step: 'awaitReady',
        cluster: 'lab',
        service: 'web',
        taskDefinition: definition,
        probeFunction: probe,
        port,
        path: '/ready',
      },
      {
        'ecs.ListTasks': () => ({ body: { taskArns: ['task-1'] } }),
        'ecs.DescribeTasks': () => ({
          body: {
            tasks: [
              {
                taskArn: 'task-1',
                taskDefinitionArn: definition,
                lastStatus: 'RUNNING',
                attachments: [
                  { type: 'ElasticNetworkInterface', details: [{ name: 'privateIPv4Address', value: '127.0.0.1' }] },
                ],
              },
            ],
          },
        }),
        [`lambda.${probe}`]: (question) => invoke(probe, question),
      },
    );

    expect(answer).toEqual({ body: { readyTasks: 1 } });
  } finally {
    task.closeAllConnections();
    task.close();
  }
});

test('something that is no step is refused in words', async () => {
  const { answer } = await deploy({ step: 'publishFiles' }, {});

  expect(answer.body).toMatchObject({
    errorType: 'DeploymentFailed',
    errorMessage: expect.stringContaining('not a step of a deployment') as string,
  });
});
