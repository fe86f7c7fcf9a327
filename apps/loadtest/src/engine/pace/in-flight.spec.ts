import fc from 'fast-check';
import { InFlight, type Link } from './in-flight';

interface Item extends Link<Item> {
  readonly name: number;
}

const item = (name: number): Item => ({ name, intendedMs: name, older: undefined, younger: undefined });

describe('what is in flight', () => {
  it('lets one take the place of another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.nat(), (length, place) => {
        const inFlight = new InFlight<Item>();
        const items = Array.from({ length }, (_, name) => item(name));
        for (const one of items) inFlight.add(one);
        const successor = item(99);
        inFlight.replace(items[place % length]!, successor);
        const names = items.map((one) => one.name).with(place % length, 99);
        expect([...inFlight].map((one) => one.name)).toEqual(names);
        expect(inFlight.size).toBe(length);
        inFlight.remove(successor);
        expect([...inFlight].map((one) => one.name)).toEqual(names.filter((name) => name !== 99));
      }),
    );
  });

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
