import { HealthMonitor } from './health-monitor';

/** A process whose CPU time and memory are what the test says. */
function pretendProcess() {
  const state = { cpuUs: 0, rssBytes: 50e6 };
  return {
    state,
    meter: {
      cpuUs: () => state.cpuUs,
      rssBytes: () => state.rssBytes,
      eventLoop: () => ({ idle: 0, active: 0, utilization: 0 }),
    },
  };
}

describe('the health monitor', () => {
  it('reports the p95 of the CPU over the seconds: one bad second in twenty is forgiven, two are not', () => {
    const cpuOf = (badSeconds: number): number => {
      const { state, meter } = pretendProcess();
      const monitor = new HealthMonitor(meter);
      monitor.open(2_000);
      for (let second = 1; second <= 20; second += 1) {
        state.cpuUs += second <= badSeconds ? 900_000 : 300_000;
        monitor.sample(2_000 + second * 1_000);
      }
      return monitor.cpu;
    };
    expect([cpuOf(1), cpuOf(2)]).toEqual([0.3, 0.9]);
  });

  it('takes a late sample for what it is', () => {
    const { state, meter } = pretendProcess();
    const monitor = new HealthMonitor(meter);
    monitor.open(0);
    state.cpuUs = 1_000_000;
    monitor.sample(2_000);
    expect(monitor.cpu).toBe(0.5);
  });

  it('leaves out the sliver of a second at the end, unless there is nothing else', () => {
    const { state, meter } = pretendProcess();
    const monitor = new HealthMonitor(meter);
    monitor.open(0);
    state.cpuUs = 100_000;
    monitor.sample(1_000);
    state.cpuUs = 190_000;
    monitor.sample(1_100);
    expect(monitor.cpu).toBe(0.1);
    const short = new HealthMonitor(meter);
    short.open(0);
    state.cpuUs += 50_000;
    short.sample(100);
    expect(short.cpu).toBe(0.5);
  });

  it('remembers the most memory', () => {
    const { state, meter } = pretendProcess();
    const monitor = new HealthMonitor(meter);
    monitor.open(0);
    state.rssBytes = 120e6;
    monitor.sample(1_000);
    state.rssBytes = 80e6;
    monitor.sample(2_000);
    expect(monitor.maxRssMb).toBe(120);
  });
});
