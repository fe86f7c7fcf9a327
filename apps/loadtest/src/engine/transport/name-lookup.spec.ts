import type { LookupAddress } from 'node:dns';
import { NameLookup } from './name-lookup';

const four = (last: number): LookupAddress => ({ address: `10.0.0.${last}`, family: 4 });

function lookupOf(addresses: LookupAddress[]) {
  const state = { nowMs: 0, asked: 0, fail: false };
  const names = new NameLookup(
    () => state.nowMs,
    (_hostname, _options, callback) => {
      state.asked += 1;
      setImmediate(() => {
        if (state.fail) callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), []);
        else callback(null, addresses);
      });
    },
  );
  const all = (): Promise<string[]> =>
    new Promise((resolve, reject) => {
      names.lookup('gateway', { all: true }, (error, found) => {
        if (error === null) resolve((found as LookupAddress[]).map(({ address }) => address));
        else reject(error);
      });
    });
  return { state, names, all };
}

describe('the lookup of names', () => {
  it('asks once for connections that are made together, and again after 5 s', async () => {
    const { state, all } = lookupOf([four(1)]);
    await Promise.all([all(), all(), all()]);
    await all();
    expect(state.asked).toBe(1);
    state.nowMs = 5_001;
    await all();
    expect(state.asked).toBe(2);
  });

  it('lets the addresses take turns', async () => {
    const { all } = lookupOf([four(1), four(2), four(3)]);
    const firsts = [await all(), await all(), await all(), await all()].map(([first]) => first);
    expect(new Set(firsts.slice(0, 3)).size).toBe(3);
    expect(firsts[3]).toBe(firsts[0]);
  });

  it('leaves the order of IPv4 and IPv6 to the operating system', async () => {
    const { all } = lookupOf([{ address: '::1', family: 6 }, four(1)]);
    expect([await all(), await all()]).toEqual([
      ['::1', '10.0.0.1'],
      ['::1', '10.0.0.1'],
    ]);
  });

  it('tells everyone who waits when the name is unknown, and asks again next time', async () => {
    const { state, all } = lookupOf([four(1)]);
    state.fail = true;
    await expect(Promise.all([all(), all()])).rejects.toThrow('ENOTFOUND');
    state.fail = false;
    await expect(all()).resolves.toEqual(['10.0.0.1']);
  });

  it('gives a single address to who asks for one', async () => {
    const { names } = lookupOf([four(9)]);
    const found = await new Promise((resolve) => {
      names.lookup('gateway', {}, (_error, address, family) => resolve([address, family]));
    });
    expect(found).toEqual(['10.0.0.9', 4]);
  });
});
