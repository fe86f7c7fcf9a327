import { rewriteContainerPaths } from './container-paths';
import { rewriteContainerPorts } from './container-ports';
import type { ProcessDraft } from './process-draft';
import { rewriteServiceNames } from './service-names';

const draftWith = (parts: Partial<ProcessDraft>): ProcessDraft => ({
  name: 'one',
  command: [],
  environment: {},
  ...parts,
});

describe('rewriteContainerPaths', () => {
  const mounts = [
    { containerPath: '/mnt/app', folder: '/run/1/app' },
    { containerPath: '/mnt/app/deep/', folder: '/run/1/deep' },
  ];
  it.each([
    ['/mnt/app/main.js', '/run/1/app/main.js'],
    ['/mnt/app', '/run/1/app'],
    ['--config=/mnt/app/c.yaml', '--config=/run/1/app/c.yaml'],
    ['a:/mnt/app/x:/mnt/app/y', 'a:/run/1/app/x:/run/1/app/y'],
    ['/mnt/app/deep/main.js', '/run/1/deep/main.js'],
    ['/mnt/application/x', '/mnt/application/x'],
    ['/opt/mnt/app/x', '/opt/mnt/app/x'],
    ['https://host/mnt/app/x', 'https://host/mnt/app/x'],
    ['/mnt/app-old/x', '/mnt/app-old/x'],
  ])('%s becomes %s', (before, after) => {
    expect(rewriteContainerPaths(draftWith({ command: [before] }), mounts).draft.command).toEqual([after]);
  });

  it('reaches arguments, variables and the health check, and lists each change', () => {
    const draft = draftWith({
      command: ['--quiet', '/mnt/app/a'],
      environment: { FILE: '/mnt/app/b', OTHER: 'x' },
      healthCommand: ['CMD', '/mnt/app/c'],
    });
    expect(
      rewriteContainerPaths(draft, mounts).rewritings.map(({ place, before, after }) => [place, before, after]),
    ).toEqual([
      ['command[1]', '/mnt/app/a', '/run/1/app/a'],
      ['environment.FILE', '/mnt/app/b', '/run/1/app/b'],
      ['healthCheck.command[1]', '/mnt/app/c', '/run/1/app/c'],
    ]);
  });

  it('does not take a $ in a folder for a pattern', () => {
    const odd = [{ containerPath: '/mnt/app', folder: '/home/$&/$1' }];
    expect(rewriteContainerPaths(draftWith({ command: ['/mnt/app/x'] }), odd).draft.command).toEqual(['/home/$&/$1/x']);
  });
});

describe('rewriteContainerPorts', () => {
  const ports = new Map([[4000, 23117]]);
  it.each<[string, string[], string[]]>([
    ['a flag and its value', ['--port', '4000'], ['--port', '23117']],
    ['a flag with its value', ['--port=4000'], ['--port=23117']],
    ['a longer flag', ['--metrics_port', '4000'], ['--metrics_port', '23117']],
    [
      'loopback addresses',
      ['http://localhost:4000/x', '127.0.0.1:4000'],
      ['http://localhost:23117/x', '127.0.0.1:23117'],
    ],
    ['not another number', ['--timeout', '4000', '4000'], ['--timeout', '4000', '4000']],
    ['not a port that is not its own', ['--port', '8080', 'localhost:40001'], ['--port', '8080', 'localhost:40001']],
    ['not the port of another host', ['http://gateway:4000'], ['http://gateway:4000']],
  ])('moves %s', (_what, before, after) => {
    expect(rewriteContainerPorts(draftWith({ command: before }), ports).draft.command).toEqual(after);
  });

  it('moves variables whose names end in PORT, and no others', () => {
    const environment = { PORT: '4000', MOCK_PORT: '4000', SUPPORT: '4000', LIMIT: '4000' };
    expect(rewriteContainerPorts(draftWith({ environment }), ports).draft.environment).toEqual({
      ...environment,
      PORT: '23117',
      MOCK_PORT: '23117',
    });
  });

  it('moves the address inside a health check', () => {
    const healthCommand = ['CMD-SHELL', `python3 -c "urlopen('http://localhost:4000/health')"`];
    expect(rewriteContainerPorts(draftWith({ healthCommand }), ports).draft.healthCommand?.[1]).toContain(
      ':23117/health',
    );
  });
});

describe('rewriteServiceNames', () => {
  it.each<[string, string, string, string]>([
    ['a host, in a URL', 'mock.internal', 'http://mock.internal:8080/v1', 'http://127.0.0.1:23117/v1'],
    ['a host, in a URL without a port', 'mock.internal', 'http://mock.internal', 'http://127.0.0.1:23117'],
    ['a host, with its port alone', 'mock.internal', 'mock.internal:8080', '127.0.0.1:23117'],
    ['an origin', 'http://mock.internal:8080', 'http://mock.internal:8080', 'http://127.0.0.1:23117'],
    ['not a longer host', 'mock.internal', 'http://mock.internal.example:8080', 'http://mock.internal.example:8080'],
    ['not a host that ends so', 'mock.internal', 'http://a.mock.internal', 'http://a.mock.internal'],
    ['not another port', 'mock.internal:8080', 'http://mock.internal:9090', 'http://mock.internal:9090'],
    ['not a word in a sentence', 'mock', 'openai/mock', 'openai/mock'],
  ])('finds %s', (_what, name, before, after) => {
    const services = new Map([[name, 'http://127.0.0.1:23117']]);
    const { draft } = rewriteServiceNames(draftWith({ environment: { URL: before } }), services);
    expect(draft.environment.URL).toBe(after);
  });
});
