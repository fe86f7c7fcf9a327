import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import type { Clock } from '../clock';

/** Idle connections to a target are closed before the target would do it: uvicorn and Node both wait 5 s unless told otherwise. */
const IDLE_UPSTREAM_MS = 4_000;
/** Longer than any client's pause between two requests of a load test. */
const IDLE_CLIENT_MS = 75_000;

/** Belong to one connection, so they are not passed on. @source RFC 9110, section 7.6.1 */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

interface Target {
  readonly origin: URL;
  readonly agent: Agent;
  outstanding: number;
  idle?: () => void;
}

/**
 * A small HTTP load balancer on this machine: each request goes to the target with the fewest outstanding ones, as the gateway's
 * own target group is set. It stands where a service has several tasks, or changes them without its address changing.
 */
export class LoadBalancer {
  private readonly targets = new Map<string, Target>();
  private readonly draining = new Set<Target>();
  private turn = 0;

  private constructor(
    private readonly server: Server,
    private readonly clock: Clock,
    readonly url: string,
  ) {}

  /** Listens on a free port of 127.0.0.1. */
  static async start(clock: Clock): Promise<LoadBalancer> {
    const server = createServer({ keepAliveTimeout: IDLE_CLIENT_MS, requestTimeout: 0 });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = addressOf(server);
    const balancer = new LoadBalancer(server, clock, `http://127.0.0.1:${port}`);
    server.on('request', (incoming, outgoing) => balancer.forward(incoming, outgoing));
    return balancer;
  }

  /** From now on the target takes requests. */
  register(id: string, origin: string): void {
    const agent = new Agent({ keepAlive: true, timeout: IDLE_UPSTREAM_MS });
    this.targets.set(id, { origin: new URL(origin), agent, outstanding: 0 });
  }

  /** No further request goes to the target; resolves when those under way are done, or after the delay. */
  async deregister(id: string, delaySeconds: number): Promise<void> {
    const target = this.targets.get(id);
    if (target === undefined) return;
    this.targets.delete(id);
    const idle = new AbortController();
    target.idle = () => idle.abort();
    this.draining.add(target);
    if (target.outstanding > 0) await this.clock.sleep(delaySeconds, idle.signal);
    this.draining.delete(target);
    target.agent.destroy();
  }

  /** Stops listening and drops every connection. */
  async close(): Promise<void> {
    for (const { agent } of this.targets.values()) agent.destroy();
    for (const { idle } of this.draining) idle?.();
    this.targets.clear();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Fewest outstanding requests; among equals in turn. */
  private choose(): Target | undefined {
    const targets = [...this.targets.values()];
    const fewest = Math.min(...targets.map((target) => target.outstanding));
    const candidates = targets.filter((target) => target.outstanding === fewest);
    this.turn += 1;
    return candidates[this.turn % Math.max(1, candidates.length)];
  }

  private forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const target = this.choose();
    if (target === undefined) {
      incoming.resume();
      answer(outgoing, 503, 'no task of the service is ready');
      return;
    }
    target.outstanding += 1;
    outgoing.once('close', () => {
      target.outstanding -= 1;
      if (target.outstanding === 0) target.idle?.();
    });
    const upstream = request({
      agent: target.agent,
      host: target.origin.hostname,
      port: target.origin.port,
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      headers: forwarded(incoming),
    });
    upstream.once('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.statusMessage, withoutHopByHop(response));
      // An error in the middle of an answer: the client must see a broken one, not a short one.
      pipeline(response, outgoing, (error) => {
        if (error) outgoing.destroy();
      });
    });
    upstream.once('error', (error) => {
      if (outgoing.headersSent) outgoing.destroy();
      else answer(outgoing, 502, `the task did not answer: ${error.message}`);
    });
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) upstream.destroy();
    });
    incoming.pipe(upstream);
  }
}

function forwarded(incoming: IncomingMessage): Record<string, string | string[]> {
  const client = incoming.socket.remoteAddress ?? '';
  const earlier = incoming.headers['x-forwarded-for'];
  const headers = withoutHopByHop(incoming);
  headers['x-forwarded-for'] = earlier === undefined ? client : `${String(earlier)}, ${client}`;
  headers['x-forwarded-proto'] = 'http';
  return headers;
}

function withoutHopByHop(message: IncomingMessage): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(message.headers))
    if (value !== undefined && !HOP_BY_HOP.includes(name)) headers[name] = value;
  return headers;
}

function answer(outgoing: ServerResponse, status: number, message: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify({ error: { message, type: 'load_balancer' } }));
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address;
}
