import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_SYSTEM, FunctionLab } from './function-lab';

jest.setTimeout(30_000);

const containing = (text: string): unknown => expect.stringContaining(text);
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const including = (values: object): unknown => expect.objectContaining(values);

let lab: FunctionLab;
beforeEach(async () => {
  lab = new FunctionLab();
  await lab.start();
});
afterEach(() => lab.stop());

describe('a function', () => {
  it('runs with its event, its variables and its time', async () => {
    await lab.addFunction(
      'echo',
      `exports.handler = async (event, context) => ({
        event, colour: process.env.COLOUR, region: process.env.AWS_REGION, left: context.getRemainingTimeInMillis() > 1000 });`,
      { environment: [{ variables: { COLOUR: 'green' } }] },
    );
    expect(await lab.invoke('echo', { a: 1 })).toEqual({
      answer: { event: { a: 1 }, colour: 'green', region: 'us-east-1', left: true },
      failed: false,
    });
  });

  it('sees nothing of the shell that it runs under', async () => {
    await lab.addFunction(
      'spy',
      'exports.handler = async () => Object.keys(process.env).filter((name) => !/^(AWS|LAMBDA|LOADLAB|NODE)_/.test(name)).sort();',
    );
    expect((await lab.invoke('spy')).answer).toEqual(['LANG', 'PATH', 'TMPDIR', 'TZ']);
  });

  it.each([
    [
      'throws',
      'exports.handler = async () => { throw new RangeError("too far"); };',
      {},
      { errorType: 'RangeError', errorMessage: 'too far' },
    ],
    ['is not there', 'exports.other = () => 1;', {}, { errorType: 'Runtime.HandlerNotFound' }],
    [
      'dies',
      'exports.handler = () => process.exit(3);',
      {},
      { errorType: 'Runtime.ExitError', errorMessage: containing('exit status 3') },
    ],
    [
      'takes too long',
      'exports.handler = () => new Promise(() => setInterval(() => undefined, 1000));',
      { timeout: 1 },
      { errorType: 'Sandbox.Timedout', errorMessage: containing('Task timed out after 1.00 seconds') },
    ],
    ['is no JavaScript', 'exports.handler = (', {}, { errorType: 'SyntaxError' }],
  ])('that %s is an answer, as from AWS', async (_case, code, more, answer) => {
    await lab.addFunction('broken', code, more);
    expect(await lab.invoke('broken')).toEqual({ answer: including(answer), failed: true });
  });

  it('may write to its own temporary folder, and nowhere else', async () => {
    const outside = join(lab.folder, 'outside');
    await lab.addFunction(
      'writer',
      `const fs = require('node:fs'); const path = require('node:path');
       exports.handler = async ({ outside }) => {
         fs.writeFileSync(path.join(process.env.TMPDIR, 'mine'), 'x');
         try { fs.writeFileSync(outside, 'x'); return 'written'; } catch (error) { return error.code; } };`,
    );
    expect((await lab.invoke('writer', { outside })).answer).toBe('ERR_ACCESS_DENIED');
    expect(existsSync(outside)).toBe(false);
  });

  it('leaves its prints in a log', async () => {
    await lab.addFunction('talker', 'exports.handler = async () => { console.log("hello from inside"); };');
    await lab.invoke('talker');
    expect(readFileSync(join(lab.account.folders.root, 'logs', 'talker.log'), 'utf8')).toContain('hello from inside');
  });

  it('that is not in the account cannot be called', async () => {
    await expect(lab.invoke('nobody')).rejects.toThrow('Function not found: nobody');
  });
});

describe('a file system', () => {
  const publish = `const fs = require('node:fs/promises'); const path = require('node:path');
    exports.handler = async () => {
      const file = path.join(process.env.MOUNT_PATH, 'config.yaml');
      const handle = await fs.open(file, 'w');
      await handle.writeFile('model_list: []'); await handle.chmod(0o444); await handle.close();
      return fs.readFile(file, 'utf8'); };`;
  const mount = {
    environment: [{ variables: { MOUNT_PATH: '/mnt/files' } }],
    file_system_config: [
      { arn: 'arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-1', local_mount_path: '/mnt/files' },
    ],
  };
  const use = (...actions: string[]): string[] => actions.map((action) => `elasticfilesystem:${action}`);

  it('is written by whoever may write, and lies in a folder here', async () => {
    await lab.addFileSystem(1000);
    await lab.addFunction('publisher', publish, mount);
    await lab.allow('publisher', use('ClientMount', 'ClientWrite'), FILE_SYSTEM);
    expect((await lab.invoke('publisher')).answer).toBe('model_list: []');
    const folder = lab.account.folders.efsFolder(lab.account.read(), 'fs-1', 'fsap-1');
    expect(readFileSync(join(folder, 'config.yaml'), 'utf8')).toBe('model_list: []');
  });

  it.each([
    ['by a user to whom the folder does not belong', 65534, use('ClientMount', 'ClientWrite')],
    ['by a role without the right', 1000, use('ClientMount')],
  ])('is not written %s', async (_case, uid, actions) => {
    await lab.addFileSystem(uid);
    await lab.addFunction('publisher', publish, mount);
    await lab.allow('publisher', actions, FILE_SYSTEM);
    const { answer, failed } = await lab.invoke('publisher');
    expect([failed, (answer as { errorMessage: string }).errorMessage]).toEqual([
      true,
      matching(/^EACCES: permission denied, '.*config\.yaml'$/),
    ]);
  });

  it('is read by whoever may mount', async () => {
    await lab.addFileSystem(65534);
    const folder = lab.account.folders.efsFolder(lab.account.read(), 'fs-1', 'fsap-1');
    writeFileSync(join(folder, 'config.yaml'), 'published');
    await lab.addFunction(
      'reader',
      `exports.handler = async () => require('node:fs').readFileSync(process.env.MOUNT_PATH + '/config.yaml', 'utf8');`,
      mount,
    );
    await lab.allow('reader', use('ClientMount'), FILE_SYSTEM);
    expect((await lab.invoke('reader')).answer).toBe('published');
  });

  it('is not even mounted by others', async () => {
    await lab.addFileSystem(1000);
    await lab.addFunction('stranger', publish, mount);
    await expect(lab.invoke('stranger')).rejects.toThrow("The function couldn't mount the Amazon EFS file system");
  });
});

describe("AWS's API, for functions", () => {
  const call = `exports.handler = async ({ target, path = '/', body }) => {
    const response = await fetch(process.env.AWS_ENDPOINT_URL + path, {
      method: 'POST', body: JSON.stringify(body ?? {}),
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/us-east-1/x/aws4_request', 'x-amz-target': target ?? '' } });
    return { status: response.status, body: await response.json(), failed: response.headers.get('x-amz-function-error') }; };`;
  const invocation = { path: '/2015-03-31/functions/inner/invocations', body: { n: 2 } };

  it('lets a role do what it may, and says what it may not', async () => {
    await lab.addFunction('outer', call);
    await lab.addFunction('inner', 'exports.handler = async ({ n }) => n * 21;');
    expect((await lab.invoke('outer', invocation)).answer).toMatchObject({
      status: 400,
      body: {
        __type: 'AccessDeniedException',
        message: containing(
          'is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:123456789012:function:inner',
        ),
      },
    });
    await lab.allow('outer', 'lambda:InvokeFunction', '*');
    expect((await lab.invoke('outer', invocation)).answer).toEqual({ status: 200, body: 42, failed: null });
  });

  it("tells a function's failure from the call's", async () => {
    await lab.addFunction('outer', call);
    await lab.addFunction('inner', 'exports.handler = async () => { throw new Error("no"); };');
    await lab.allow('outer', 'lambda:InvokeFunction', '*');
    expect((await lab.invoke('outer', invocation)).answer).toMatchObject({
      status: 200,
      failed: 'Unhandled',
      body: { errorMessage: 'no' },
    });
  });

  it('knows what it does not know', async () => {
    await lab.addFunction('outer', call);
    const { answer } = await lab.invoke('outer', { target: 'DynamoDB_20120810.GetItem' });
    expect(answer).toMatchObject({ status: 404, body: { __type: 'UnknownOperationException' } });
  });

  it('shows assumed tasks to functions inside the VPC as healthy ones', async () => {
    await lab.addFunction(
      'probe',
      `exports.handler = async () => (await fetch('http://10.0.1.10:4000/health/readiness')).status;`,
      {
        vpc_config: [{ subnet_ids: ['subnet-1'], security_group_ids: ['sg-1'] }],
      },
    );
    expect((await lab.invoke('probe')).answer).toBe(200);
  });
});
