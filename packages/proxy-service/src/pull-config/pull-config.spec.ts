import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@loadlab/foundation';
import { parseConfigSource } from './config-source';
import { awsConfigStore } from './config-store';
import { pullConfig, writeConfig } from './pull-config';

const context = { variables: ['MOCK_OPENAI_URL'], hasDatabase: false };
const SOUND = `model_list:
  - model_name: m
    litellm_params: { model: openai/m, api_base: os.environ/MOCK_OPENAI_URL, api_key: none }
`;

describe('parseConfigSource', () => {
  it.each([
    ['ssm:/litellm/config', { kind: 'ssm', name: '/litellm/config' }],
    ['ssm:config', { kind: 'ssm', name: 'config' }],
    ['s3://my-bucket/a/b.yaml', { kind: 's3', bucket: 'my-bucket', key: 'a/b.yaml' }],
  ])('reads %s', (text, source) => {
    expect(parseConfigSource(text)).toEqual(source);
  });

  it.each(['', 'config.yaml', 's3://bucket', 's3://Bucket/key', 'ssm:', 'https://x/y'])('refuses "%s"', (text) => {
    expect(() => parseConfigSource(text)).toThrow(InputError);
  });
});

describe('pullConfig', () => {
  let folder: string;
  let file: string;
  let server: Server;
  let stored: string | undefined;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pull-config-'));
    file = join(folder, 'config.yaml');
    stored = SOUND;
    // S3 and Parameter Store, as far as their clients ask here.
    server = createServer((request, response) => {
      const isParameter = request.headers['x-amz-target'] === 'AmazonSSM.GetParameter';
      if (isParameter && stored !== undefined) response.end(JSON.stringify({ Parameter: { Value: stored } }));
      else if (isParameter) response.writeHead(400).end(JSON.stringify({ __type: 'ParameterNotFound' }));
      else if (stored !== undefined) response.end(stored);
      else response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const pull = (from: string) =>
    pullConfig({
      source: parseConfigSource(from),
      store: awsConfigStore({
        region: 'us-east-1',
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      }),
      file,
      context,
    });

  describe.each([['ssm:/litellm/config'], ['s3://bucket/config.yaml']])('from %s', (from) => {
    it('brings the text, with the difference to the file', async () => {
      writeFileSync(file, SOUND.replace('openai/m', 'openai/old'));
      const pulled = await pull(from);
      expect(pulled).toMatchObject({ text: SOUND, changed: true, warnings: [] });
      expect(pulled.diff).toMatch(/^-.*openai\/old/m);
      expect(pulled.diff).toMatch(/^\+.*openai\/m,/m);
    });

    it('brings a file that is not there yet', async () => {
      expect(await pull(from)).toMatchObject({ text: SOUND, changed: true });
    });

    it('says that nothing changes', async () => {
      writeFileSync(file, SOUND);
      expect(await pull(from)).toMatchObject({ changed: false, diff: '' });
    });

    it('refuses a config.yaml that LiteLLM would misunderstand, and names where it lies', async () => {
      stored = 'model_lst: []\n';
      await expect(pull(from)).rejects.toThrow(new RegExp(`${from}[^]*did you mean "model_list"`));
    });

    it('refuses a secret in clear without showing it', async () => {
      stored = SOUND.replace('none', 'sk-this-is-a-secret-key');
      const error: unknown = await pull(from).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InputError);
      expect((error as Error).message).not.toContain('this-is-a-secret');
    });

    it('says that there is nothing', async () => {
      stored = undefined;
      await expect(pull(from)).rejects.toThrow(/no such (?:parameter|object)/);
    });
  });

  it('ends the last line, which Parameter Store does not keep', async () => {
    stored = SOUND.trimEnd();
    expect((await pull('ssm:config')).text).toBe(SOUND);
  });

  it('writes a file in one go and leaves nothing else behind', () => {
    writeConfig(file, SOUND);
    expect(readFileSync(file, 'utf8')).toBe(SOUND);
    expect(readdirSync(folder)).toEqual(['config.yaml']);
  });
});
