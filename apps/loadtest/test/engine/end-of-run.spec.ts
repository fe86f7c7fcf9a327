import { rawServer } from './known-servers';
import { countsOf, measure } from './measure';
import { closed, scenario } from './scenario';

describe('a run ends', () => {
  afterEach(() => jest.restoreAllMocks());

  it('even when the timer of its window fires before the last request is refused', async () => {
    const server = await rawServer(() => undefined);
    await server.close();
    const setRealTimeout = setTimeout;
    // Only the window's own timer waits for so long: users of a target that refuses connections pause for 0.1 s at most.
    jest
      .spyOn(global, 'setTimeout')
      .mockImplementation((call: () => void, delayMs = 0) => setRealTimeout(call, delayMs > 350 ? 250 : delayMs));
    const measurement = await measure(
      `http://127.0.0.1:${server.port}`,
      scenario({ arrival: closed(1), duration: 0.4 }),
    );
    const { started, connect } = countsOf(measurement);
    expect(connect).toBe(started);
    expect(measurement.partial).toBe(false);
  }, 10_000);
});
