import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { invalidRequest, scriptedError } from '../answers/api-error';
import { UniqueIds } from '../answers/unique-ids';
import { modelList, modelObject } from '../endpoints/models';
import type { Alarm } from '../schedule/alarm';
import type { Statistics, StatisticsReport } from '../statistics/statistics';
import { type ApiHandler, refuse } from './api-handler';
import { Exchange, type ExchangeListener } from './exchange';
import { receiveBody } from './request-body';
import { type Route, routeOf } from './routes';

/** What the server answers about itself, for all workers. */
export interface Control {
  report(): Promise<StatisticsReport>;
  reset(): Promise<void>;
}

/** Idle connections stay this long: longer than any gateway keeps its own, so that it is never the mock that hangs up on a request. */
const KEEP_ALIVE_MS = 120_000;
/** All connections of a load test may be opened at once; the kernel cuts this to its own limit. */
const BACKLOG = 16_384;

/** The HTTP side of one worker: connections, routing, and who is waiting for what. */
export class MockServer implements ExchangeListener {
  draining = false;
  private readonly server: Server;
  private readonly ids = new UniqueIds();
  /** Every open connection, with what is being answered on it. */
  private readonly connections = new Map<Socket, Set<Exchange>>();

  constructor(
    private readonly api: ApiHandler,
    private readonly alarm: Alarm,
    private readonly statistics: Statistics,
    private readonly control: Control,
  ) {
    this.server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true }, (request, response) =>
      this.handle(request, response),
    );
    this.server.on('connection', (socket) => this.connected(socket));
    this.server.on('clientError', (error: NodeJS.ErrnoException, socket) => answerUnreadable(error, socket));
  }

  /** @returns the port. @throws what the operating system says: EADDRINUSE, EACCES, … */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      // Without a host Node listens at ::, or at 0.0.0.0 where there is no IPv6.
      this.server.listen({ port, backlog: BACKLOG, ...(host === '::' ? {} : { host }) }, () => {
        this.server.off('error', reject);
        resolve((this.server.address() as AddressInfo).port);
      });
    });
  }

  /** Accepts nothing more, finishes what is in flight, closes every connection. Immediately: cuts all connections. */
  stop(immediately = false): Promise<void> {
    this.draining = true;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const [socket, exchanges] of this.connections) if (immediately || exchanges.size === 0) socket.destroy();
    return closed;
  }

  answered(exchange: Exchange, status: number): void {
    if (this.isCounted(exchange)) {
      this.statistics.answered(exchange.path, status, this.alarm.clock.now() - exchange.arrivedMs);
    }
    const { socket } = exchange.request;
    const exchanges = this.connections.get(socket);
    exchanges?.delete(exchange);
    if (this.draining && exchanges?.size === 0) socket.destroySoon();
  }

  clientGone(exchange: Exchange): void {
    if (exchange.timer !== undefined) this.alarm.cancel(exchange.timer);
    if (this.isCounted(exchange)) this.statistics.clientGone();
  }

  private connected(socket: Socket): void {
    const exchanges = new Set<Exchange>();
    this.connections.set(socket, exchanges);
    socket.on('close', () => {
      this.connections.delete(socket);
      for (const exchange of exchanges) exchange.abandon();
    });
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const route = routeOf(request.method ?? '', request.url ?? '');
    const exchange = new Exchange(route.path, this.ids.next(), request, response, this);
    this.connections.get(request.socket)?.add(exchange);
    if (this.isCounted(exchange)) this.statistics.started();
    if (route.to === 'endpoint') {
      receiveBody(request, (received) => {
        this.arrived(exchange);
        this.api.handle(exchange, route.endpoint, received);
      });
      return;
    }
    this.arrived(exchange);
    this.answerBesides(exchange, route);
  }

  private arrived(exchange: Exchange): void {
    exchange.arrivedMs = this.alarm.clock.now();
    // Under load this is the finest clock there is: what is due goes out before new work is begun.
    this.alarm.poll(exchange.arrivedMs);
  }

  private answerBesides(exchange: Exchange, route: Exclude<Route, { to: 'endpoint' }>): void {
    switch (route.to) {
      case 'models':
        exchange.json(200, modelList());
        break;
      case 'model':
        exchange.json(200, modelObject(route.name));
        break;
      case 'health':
        exchange.json(200, '{"status":"ok"}');
        break;
      case 'stats':
        this.answerWith(exchange, async () => JSON.stringify(await this.control.report()));
        break;
      case 'reset':
        this.answerWith(exchange, () => this.control.reset().then(() => '{"status":"ok"}'));
        break;
      case 'nowhere':
        refuse(exchange, route.error, ...(route.allow === undefined ? [] : ['Allow', route.allow]));
    }
  }

  /** What needs the other workers fails while they are on their way down. */
  private answerWith(exchange: Exchange, json: () => Promise<string>): void {
    json().then(
      (text) => exchange.json(200, text),
      () => refuse(exchange, scriptedError(503)),
    );
  }

  private isCounted({ path }: Exchange): boolean {
    return path !== '/health' && path !== '/stats' && path !== '/stats/reset';
  }
}

/** Bytes that are no HTTP request get an answer too, and lose their connection. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason] =
    error.code === 'HPE_HEADER_OVERFLOW' ? [431, 'Request Header Fields Too Large'] : [400, 'Bad Request'];
  const body = invalidRequest(`The request could not be read: ${error.message}`).toJson();
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
