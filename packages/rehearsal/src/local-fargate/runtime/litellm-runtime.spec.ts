import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseImage } from '../definition/container-image';
import type { ProcessDraft } from '../rewriting/process-draft';
import { liteLlmRuntime } from './litellm-runtime';
import type { Runtime } from './runtime';

let venv: string;
beforeAll(() => {
  venv = mkdtempSync(join(tmpdir(), 'loadlab-venv-'));
  mkdirSync(join(venv, 'lib/python3.11/site-packages/litellm-1.108.7.dist-info'), { recursive: true });
  mkdirSync(join(venv, 'lib/python3.11/site-packages/litellm_enterprise-0.1.82.dist-info'));
  mkdirSync(join(venv, 'bin'));
  writeFileSync(join(venv, 'bin/litellm'), '');
});
afterAll(() => rmSync(venv, { recursive: true }));

function runtimeFor(image = 'ghcr.io/berriai/litellm:v1.108.7'): Runtime {
  const found = liteLlmRuntime(venv).find(parseImage(image));
  if ('message' in found) throw new Error(found.message);
  return found;
}

describe('liteLlmRuntime', () => {
  it.each([
    ['ghcr.io/berriai/litellm', true],
    ['docker.litellm.ai/berriai/litellm', true],
    ['123456789012.dkr.ecr.us-east-1.amazonaws.com/mirror/litellm-database', true],
    ['litellm', true],
    ['ghcr.io/berriai/litellm-gateway', false],
    ['node', false],
  ])('%s: %s', (repository, stands) => {
    expect(liteLlmRuntime(venv).stands({ repository })).toBe(stands);
  });

  it('says how to install LiteLLM where it is missing', () => {
    const missing = join(venv, 'nowhere');
    expect(liteLlmRuntime(missing).find(parseImage('litellm'))).toEqual({
      message: `LiteLLM is not installed in ${missing}`,
      hint: 'npm run setup',
    });
  });

  it.each([
    ['ghcr.io/berriai/litellm:v1.108.7', undefined],
    ['ghcr.io/berriai/litellm:1.108.7', undefined],
    ['ghcr.io/berriai/litellm:main-v1.108.7', undefined],
    ['ghcr.io/berriai/litellm:v1.104.2', 'LiteLLM 1.108.7 runs here, the image is 1.104.2'],
    ['ghcr.io/berriai/litellm@sha256:ab', 'LiteLLM 1.108.7 runs here, the image is pinned by its digest alone'],
  ])('compares its version with the image %s', (image, difference) => {
    expect(runtimeFor(image).difference).toBe(difference);
  });

  it.each<[string, string[], string[]]>([
    ['flags', ['--config', 'x'], ['--config', 'x']],
    ['the component', ['proxy', '--config', 'x'], ['--config', 'x']],
    ['its own name', ['litellm', '--config', 'x'], ['--config', 'x']],
    ['nothing', [], []],
  ])('runs the proxy for %s', (_what, command, args) => {
    expect(runtimeFor().start(command)).toEqual([join(venv, 'bin/python'), join(venv, 'bin/litellm'), ...args]);
  });

  it('runs another program as it is', () => {
    expect(runtimeFor().start(['python3', '-c', '1'])).toEqual(['python3', '-c', '1']);
  });

  it('refuses a component that needs the database engine', () => {
    expect(runtimeFor().start(['migrations'])).toEqual({ problem: expect.stringContaining('"migrations"') as unknown });
  });
});

describe('what LiteLLM needs on a laptop', () => {
  const adapt = (draft: Partial<ProcessDraft>, maxWorkers?: number): ProcessDraft =>
    runtimeFor().adapt(
      { name: 'litellm', command: [], environment: {}, ...draft },
      { ports: new Map([[4000, 23117]]), maxWorkers },
    ).draft;

  it('listens to this machine alone, on the port that was chosen', () => {
    expect(adapt({}).command).toEqual(['--host', '127.0.0.1', '--port', '23117']);
  });

  it.each<[string, Partial<ProcessDraft>]>([
    ['by flags', { command: ['--host', '0.0.0.0', '--port=23117'] }],
    ['by variables', { environment: { HOST: '0.0.0.0', PORT: '23117' } }],
  ])('leaves host and port alone when they are given %s', (_how, draft) => {
    expect(adapt(draft)).toMatchObject(draft);
  });

  it.each<[number | undefined, string]>([
    [2, '2'],
    [4, '4'],
    [16, '4'],
    [undefined, '4'],
  ])('of 4 workers, on a machine for %s, starts %s', (most, workers) => {
    expect(adapt({ command: ['--num_workers', '4'] }, most).command[1]).toBe(workers);
    expect(adapt({ environment: { NUM_WORKERS: '4' } }, most).environment.NUM_WORKERS).toBe(workers);
  });

  it('knows how many workers there will be', () => {
    expect(runtimeFor().workers(['--num_workers', '3'], {})).toBe(3);
    expect(runtimeFor().workers([], { NUM_WORKERS: '2' })).toBe(2);
    expect(runtimeFor().workers([], {})).toBe(1);
  });
});
