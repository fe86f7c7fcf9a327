import { VirtualClock } from '../../test/local-fargate/virtual-clock';
import { tellRegularly } from './tell-regularly';

describe('tellRegularly', () => {
  it('speaks every two seconds until it is over', async () => {
    const clock = new VirtualClock();
    const over = new AbortController();
    const told: number[] = [];
    const done = tellRegularly(clock, (seconds) => told.push(seconds), over.signal);
    await clock.advance(7);
    over.abort();
    await done;
    expect(told).toEqual([2, 4, 6]);
  });
});
