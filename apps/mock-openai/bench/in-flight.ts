import { setTimeout as sleep } from 'node:timers/promises';
import type { StatisticsReport } from '../src';
import type { Contender } from './contender';
import type { Cores } from './cores';
import { load } from './wrk';

/** Holds so many requests in flight on a mock, and comes back with what it says of itself meanwhile. */
export async function carryInFlight(mock: Contender, connections: number, cores: Cores): Promise<StatisticsReport> {
  const origin = new URL(mock.url).origin;
  const loaded = load({ url: mock.url, promptBytes: 100, connections, seconds: 12, prefix: cores.load });
  // Opening the connections takes the first seconds.
  await sleep(4000);
  await fetch(`${origin}/stats/reset`, { method: 'POST' });
  await sleep(6000);
  const statistics = (await (await fetch(`${origin}/stats`)).json()) as StatisticsReport;
  await loaded;
  return statistics;
}
