import type { ContainerDefinition } from '@loadlab/foundation';
import { nodeContainer, serverContainer } from '../../../test/local-fargate/task-definitions';
import { nodeRuntime } from '../runtime/node-runtime';
import type { Runtime } from '../runtime/runtime';
import { machineEnvironment } from './machine-environment';
import { rewriteContainer, type RewriteOutcome } from './rewrite-container';

const found = nodeRuntime.find({ repository: 'node', tag: '20' });
if ('message' in found) throw new Error(found.message);
const runtime: Runtime = { ...found, environment: [{ name: 'NODE_ENV', value: 'test', why: 'so' }] };

function rewrite(container: ContainerDefinition, shell: Record<string, string> = {}): RewriteOutcome {
  return rewriteContainer(container, {
    runtime,
    mounts: [{ containerPath: '/mnt/app', folder: '/run/app' }],
    ports: new Map([[8080, 23117]]),
    services: new Map(),
    secrets: new Map(container.secrets.map(({ name }) => [name, 's3cret'])),
    maxWorkers: undefined,
    machineEnvironment: machineEnvironment({
      binFolders: ['/node/bin'],
      home: '/run/home',
      temporary: '/run/tmp',
      marker: 'r/t/c',
      shell,
    }),
  });
}

function processOf(outcome: RewriteOutcome): Extract<RewriteOutcome, { process: unknown }> {
  if ('problems' in outcome) throw new Error(outcome.problems.map(({ message }) => message).join());
  return outcome;
}

describe('rewriteContainer', () => {
  it('runs the command as the entry point of the image would', () => {
    const { process: local } = processOf(rewrite(nodeContainer('one')));
    expect([local.program, ...local.args]).toEqual([process.execPath, '/run/app/one.js']);
  });

  it("takes the container's own entry point before the image's", () => {
    const { process: local } = processOf(
      rewrite(nodeContainer('one', { entryPoint: ['/bin/sh', '-c'], command: ['true'] })),
    );
    expect([local.program, ...local.args]).toEqual(['/bin/sh', '-c', 'true']);
  });

  it.each([
    ['CMD', ['CMD', 'node', '/mnt/app/check.js'], ['node', '/run/app/check.js']],
    [
      'CMD-SHELL',
      ['CMD-SHELL', 'node /mnt/app/check.js || exit 1'],
      ['/bin/sh', '-c', 'node /run/app/check.js || exit 1'],
    ],
  ])('understands a health check by %s', (_kind, command, expected) => {
    const healthCheck = { command, interval: 5, timeout: 2, retries: 1, startPeriod: 0 };
    expect(processOf(rewrite(nodeContainer('one', { healthCheck }))).process.healthCommand).toEqual(expected);
  });

  it('keeps the shell of the person out, but for a short list', () => {
    const shell = { AWS_SECRET_ACCESS_KEY: 'x', HTTP_PROXY: 'http://proxy', SSL_CERT_FILE: '/ca.pem', PATH: '/mine' };
    expect(Object.keys(processOf(rewrite(nodeContainer('one'), shell)).process.environment).sort()).toEqual([
      'HOME',
      'LANG',
      'LOADLAB_CONTAINER',
      'NODE_ENV',
      'PATH',
      'SSL_CERT_FILE',
      'TMPDIR',
      'TZ',
    ]);
  });

  it('lets the container definition have the last word on variables', () => {
    const environment = [{ name: 'NODE_ENV', value: 'production' }];
    expect(processOf(rewrite(nodeContainer('one', { environment }))).process.environment.NODE_ENV).toBe('production');
  });

  it('gives secrets to the process and shows them to nobody', () => {
    const container = nodeContainer('one', { secrets: [{ name: 'KEY', valueFrom: 'arn:key' }] });
    const { process: local, rewritings } = processOf(rewrite(container));
    expect(local.environment.KEY).toBe('s3cret');
    expect(JSON.stringify(rewritings)).not.toContain('s3cret');
    expect(rewritings.map(({ place, before }) => [place, before])).toContainEqual(['secrets.KEY', 'arn:key']);
  });

  it('says what has no effect here', () => {
    const container = nodeContainer('one', { user: '65532', readonlyRootFilesystem: true, ulimits: [] });
    const places = processOf(rewrite(container))
      .rewritings.filter(({ after }) => after === '')
      .map(({ place }) => place);
    expect(places).toEqual(['user', 'readonlyRootFilesystem', 'ulimits']);
  });

  it('refuses a port that it cannot move', () => {
    expect(rewrite(serverContainer('one', { environment: [] }))).toEqual({
      problems: [expect.objectContaining({ path: 'portMappings', hint: '--port 8080 in the command, or PORT=8080' })],
    });
  });
});
