import { InputError } from '@loadlab/foundation';
import { readdirSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createServer, type Server } from 'node:net';
import type { LocalService, StartServiceOptions } from '../../src/local-fargate';
import { until } from './processes';
import { openScratchLab, type ScratchLab } from './scratch';
import { serverContainer, taskOf } from './task-definitions';

jest.setTimeout(60_000);

let lab: ScratchLab;
beforeEach(async () => {
  lab = await openScratchLab();
});
afterEach(() => lab.close());

/** Answers every request with what `answer` evaluates to, finishes those under way on SIGTERM, and has a /health of its own. */
function program(answer: string, health = '200'): string {
  return `
    const server = require('http').createServer((request, response) => {
      if (request.url === '/crash') process.exit(1);
      const status = request.url === '/health' ? ${health} : 200;
      setTimeout(() => { response.statusCode = status; response.end(String(${answer})); }, 5);
    });
    server.listen(Number(process.env.PORT));
    process.on('SIGTERM', () => server.close(() => process.exit(0)));`;
}

function optionsFor(code: string, more: Partial<StartServiceOptions> = {}): StartServiceOptions {
  return {
    name: 'web',
    desiredCount: 1,
    containerPort: 8080,
    readinessPath: '/health',
    taskDefinition: taskOf(serverContainer('main')),
    surroundings: { volumes: { app: { files: { 'main.js': code } } } },
    ...more,
  };
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Asks once; without an agent over a connection of its own. Status 0 is a broken connection. */
function ask(url: string, agent: Agent | false = false): Promise<Answer> {
  return new Promise((resolve) => {
    get(url, { agent }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', (error) => resolve({ status: 0, body: error.message }));
    }).on('error', (error) => resolve({ status: 0, body: error.message }));
  });
}

/** Eight users who ask without a pause, until `stop` is called. Resolves to all that they got. */
function load(service: LocalService): { stop: () => Promise<Answer[]> } {
  let going = true;
  const answers: Answer[] = [];
  const users = Array.from({ length: 8 }, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (going) answers.push(await ask(service.url, agent));
    agent.destroy();
  });
  return {
    stop: async () => {
      going = false;
      await Promise.all(users);
      return answers;
    },
  };
}

describe('startService', () => {
  it('returns once the service answers', async () => {
    const service = await lab.fargate.startService(optionsFor(program('"hello"')));
    expect(await ask(service.url)).toEqual({ status: 200, body: 'hello' });
  });

  it('lets later tasks find it under its name', async () => {
    const upstream = await lab.fargate.startService(
      optionsFor(program('"up"'), { name: 'up', knownAs: ['up.internal'] }),
    );
    const main = serverContainer('main', {
      environment: [
        { name: 'PORT', value: '8080' },
        { name: 'UPSTREAM', value: 'http://up.internal:8080' },
      ],
    });
    const service = await lab.fargate.startService(
      optionsFor(program('process.env.UPSTREAM'), { taskDefinition: taskOf(main) }),
    );
    expect((await ask(service.url)).body).toBe(upstream.url);
  });

  it('fails early with the reason of the container, and leaves nothing running', async () => {
    const started = lab.fargate.startService(optionsFor('throw new Error("PORT is no number");'));
    await expect(started).rejects.toThrow(InputError);
    await expect(started).rejects.toThrow(
      /web\n +Essential container in task exited: "main" exit code 1: Error: PORT is no number +-> the whole log: .*web-1/,
    );
    expect(lab.events.at(-1)).toMatchObject({ kind: 'deployment-failed', service: 'web' });
  });

  it('fails when the task does not get ready in time', async () => {
    const started = lab.fargate.startService(optionsFor(program('""', '503'), { gracePeriodSeconds: 3 }));
    await expect(started).rejects.toThrow(
      /it did not serve within 3 s \(\/health answers 503, container health UNKNOWN\)/,
    );
  });

  it('fails when the task cannot run here at all', async () => {
    const taskDefinition = taskOf(serverContainer('main', { image: 'redis:7' }));
    await expect(lab.fargate.startService(optionsFor('', { taskDefinition }))).rejects.toThrow(
      /nothing on this machine can stand in/,
    );
  });

  it('tries other ports when somebody else was faster', async () => {
    // Takes the port in the instant between its choice and the start of the container, once.
    let thief: Server | undefined;
    const { push } = lab.events;
    lab.events.push = (...events): number => {
      const [event] = events;
      if (thief === undefined && event?.kind === 'rewritten' && event.rewriting.place === 'environment.PORT')
        thief = createServer().listen(Number(event.rewriting.after));
      return push.apply(lab.events, events);
    };
    const service = await lab.fargate.startService(optionsFor(program('"hello"')));
    expect(thief?.listening).toBe(true);
    expect((await ask(service.url)).body).toBe('hello');
    thief?.close();
  });

  it('stops when the lab is told to, even while it starts', async () => {
    const interruption = new AbortController();
    const other = await openScratchLab(interruption.signal);
    const started = other.fargate.startService(optionsFor(program('""', '503')));
    await until('its container runs', () => other.events.some(({ kind }) => kind === 'container-started'));
    interruption.abort();
    await expect(started).rejects.toThrow(/abort/);
    await other.close();
    expect(other.events.filter(({ kind }) => kind === 'task-stopped')).toHaveLength(1);
  });

  it('runs several services side by side', async () => {
    const services = await Promise.all(
      ['one', 'two', 'three'].map((name) => lab.fargate.startService(optionsFor(program(`"${name}"`), { name }))),
    );
    expect(await Promise.all(services.map(async ({ url }) => (await ask(url)).body))).toEqual(['one', 'two', 'three']);
  });
});

describe('a service of several tasks', () => {
  it('spreads requests over them behind one address', async () => {
    const service = await lab.fargate.startService(optionsFor(program('process.pid'), { desiredCount: 2 }));
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(service.url)));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(2);
    expect(service.endpoints).toHaveLength(2);
  });
});

describe('a rolling deployment', () => {
  const deployable = (code: string): Pick<StartServiceOptions, 'taskDefinition' | 'surroundings'> => optionsFor(code);

  it('brings new tasks in without a failed request', async () => {
    const service = await lab.fargate.startService(optionsFor(program('"old"'), { balancer: true }));
    const users = load(service);
    expect(await service.deploy(deployable(program('"new"')))).toEqual({ status: 'COMPLETED' });
    const answers = await users.stop();
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(new Set(answers.map(({ body }) => body))).toEqual(new Set(['old', 'new']));
    expect((await ask(service.url)).body).toBe('new');
  });

  it.each<[string, string, string, RegExp]>([
    [
      'do not start',
      'throw new Error("unknown setting: colour");',
      '0',
      /"main" exit code 1: Error: unknown setting: colour/,
    ],
    [
      'fail their health checks',
      program('"new"', '(console.log("no database"), 200)'),
      '1',
      /failed its container health checks .*its log ends with: no database/,
    ],
  ])('keeps the old tasks when the new ones %s', async (_what, code, checkCode, reason) => {
    const healthCheck = {
      command: ['CMD', 'node', '/mnt/app/check.js'],
      interval: 0.1,
      timeout: 10,
      retries: 1,
      startPeriod: 0,
    };
    const version = (main: string, exitCode: string): Pick<StartServiceOptions, 'taskDefinition' | 'surroundings'> => ({
      taskDefinition: taskOf(serverContainer('main', { healthCheck })),
      surroundings: { volumes: { app: { files: { 'main.js': main, 'check.js': `process.exit(${exitCode})` } } } },
    });
    const first = { ...version(program('"old"'), '0'), balancer: true, failureThreshold: 2 };
    const service = await lab.fargate.startService(optionsFor('', first));
    const users = load(service);
    const outcome = await service.deploy(version(code, checkCode));
    const answers = await users.stop();
    expect(outcome).toMatchObject({
      status: 'FAILED',
      rolledBack: true,
      reason: expect.stringMatching(reason) as unknown,
    });
    expect(answers.filter(({ status, body }) => status !== 200 || body !== 'old')).toEqual([]);
    expect(lab.events.filter(({ kind }) => kind === 'task-stopped')).toHaveLength(2);
  });

  it('goes back when asked to, in the same way', async () => {
    const service = await lab.fargate.startService(optionsFor(program('"old"'), { balancer: true }));
    await service.deploy(deployable(program('"new"')));
    const users = load(service);
    await service.deploy(deployable(program('"old"')));
    expect((await users.stop()).filter(({ status }) => status !== 200)).toEqual([]);
    expect((await ask(service.url)).body).toBe('old');
  });
});

describe('a task that is lost while it serves', () => {
  it.each([
    ['at the same address', false],
    ['behind the balancer', true],
  ])('is replaced %s, and the service remembers it', async (_where, balancer) => {
    const service = await lab.fargate.startService(optionsFor(program('process.pid'), { balancer }));
    const { url } = service;
    const { body: before } = await ask(url);
    await ask(`${url}/crash`);
    await until('another task answers', async () => {
      const { status, body } = await ask(url);
      return status === 200 && body !== before;
    });
    expect(service.lost).toEqual([
      expect.objectContaining({ task: 'web-1', reason: expect.stringMatching(/exit code 1/) as unknown }),
    ]);
  });

  it('leaves its log where it was', async () => {
    const service = await lab.fargate.startService(optionsFor(program('"hello"'), { balancer: true }));
    await ask(`${service.url}/crash`);
    await until('it was noticed', () => service.lost.length > 0);
    expect(readdirSync(lab.fargate.folder)).toEqual(expect.arrayContaining(['web-1']));
  });
});
