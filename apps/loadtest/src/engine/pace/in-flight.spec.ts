import fc from 'fast-check';
import { InFlight, type Link } from './in-flight';

interface Item extends Link<Item> {
  readonly name: number;
}

const item = (name: number): Item => ({ name, intendedMs: name, older: undefined, younger: undefined });

describe('what is in flight', () => {
  it('keeps its order and its number however things come and go', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 100 }), (names) => {
        const inFlight = new InFlight<Item>();
        const items = new Map<number, Item>();
        for (const name of names) {
          const known = items.get(name);
          if (known === undefined) {
            const added = item(name);
            items.set(name, added);
            inFlight.add(added);
          } else {
            items.delete(name);
            inFlight.remove(known);
          }
          expect([...inFlight].map((one) => one.name)).toEqual([...items.keys()]);
          expect(inFlight.size).toBe(items.size);
          expect(inFlight.oldest?.name).toBe([...items.keys()][0]);
        }
      }),
    );
  });
});
