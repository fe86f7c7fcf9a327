import { answer, COMPLETION, httpServer, rawServer } from './known-servers';
import { countsOf, measure } from './measure';
import { closed, scenario } from './scenario';

async function unusedPort(): Promise<number> {
  const server = await rawServer(() => undefined);
  await server.close();
  return server.port;
}

describe('a target that refuses connections', () => {
  it('fails each arrival at its time', async () => {
    const url = `http://127.0.0.1:${await unusedPort()}`;
    const measurement = await measure(url, scenario({ duration: 0.25 }));
    expect(countsOf(measurement)).toEqual({ started: 50, connect: 50 });
    expect(measurement.failureSamples).toHaveLength(1);
    expect(measurement.failureSamples[0]?.message).toContain('ECONNREFUSED');
  });

  it('lets users go on at their own pace', async () => {
    const url = `http://127.0.0.1:${await unusedPort()}`;
    const measurement = await measure(url, scenario({ arrival: closed(10, 0.2), duration: 1 }));
    const { started = 0, connect } = countsOf(measurement);
    expect(connect).toBe(started);
    // 10 users, a request every 200 ms and a bit.
    expect(started).toBeGreaterThan(15);
    expect(started).toBeLessThanOrEqual(50);
  });

  it('costs next to nothing even when users do not think', async () => {
    const url = `http://127.0.0.1:${await unusedPort()}`;
    const before = process.cpuUsage();
    const measurement = await measure(url, scenario({ arrival: closed(100), duration: 1 }));
    const { user, system } = process.cpuUsage(before);
    const { started = 0, connect } = countsOf(measurement);
    expect(connect).toBe(started);
    // Pauses of up to 100 ms: about ten a second for each user.
    expect(started).toBeLessThan(2_000);
    expect((user + system) / 1e6).toBeLessThan(0.6);
  });

  it('is an unknown name just as well', async () => {
    const measurement = await measure('http://no-such-host.invalid', scenario());
    expect(countsOf(measurement)).toEqual({ started: 20, connect: 20 });
  });

  it('is found again when it comes back', async () => {
    let answered = 0;
    const first = await httpServer((_request, response) => {
      answered += 1;
      response.end(COMPLETION);
    });
    const { port } = first;
    // The target goes and comes back by what has happened, not by the clock: the machine may be busy.
    const running = measure(first.url, scenario({ arrival: closed(5, 0.02), duration: 3, timeout: 5 }));
    await until(() => answered > 20);
    await first.close();
    await new Promise((resolve) => setTimeout(resolve, 300));
    answered = 0;
    const second = await rawServer(
      ({ socket }) => {
        answered += 1;
        socket.write(answer());
      },
      '127.0.0.1',
      port,
    );
    const measurement = await running;
    await second.close();
    const { started = 0, succeeded = 0, connect = 0, reset = 0 } = countsOf(measurement);
    expect(succeeded + connect + reset).toBe(started);
    expect(connect).toBeGreaterThan(0);
    expect(answered).toBeGreaterThan(20);
    expect(succeeded).toBeGreaterThan(40);
    expect(measurement.series.at(-1)?.failed).toBe(0);
  });
});

async function until(met: () => boolean): Promise<void> {
  while (!met()) await new Promise((resolve) => setTimeout(resolve, 5));
}
