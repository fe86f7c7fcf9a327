import fc from 'fast-check';
import { planAddresses } from './address-plan';
import { contains, formatCidr, overlap, parseCidr, part, sizeOf, type Cidr } from './cidr';

const range = fc
  .record({ address: fc.integer({ min: 0, max: 2 ** 32 - 1 }), prefix: fc.integer({ min: 0, max: 32 }) })
  .map(({ address, prefix }): Cidr => ({ first: address - (address % sizeOf(prefix)), prefix }));

describe('a range', () => {
  it.each([
    ['10.40.0.0/16', { first: 0x0a280000, prefix: 16 }],
    ['255.255.255.255/32', { first: 0xffffffff, prefix: 32 }],
    ['0.0.0.0/0', { first: 0, prefix: 0 }],
    ['10.40.7.9/16', { first: 0x0a280000, prefix: 16 }],
  ])('%s is read', (text, expected) => {
    expect(parseCidr(text)).toEqual(expected);
  });

  it.each(['10.40.0.0', '10.40.0.0/33', '256.0.0.0/8', 'x'])('%s is none', (text) => {
    expect(() => parseCidr(text)).toThrow(`not an IPv4 range: ${text}`);
  });

  it('is written as it was read', () => {
    fc.assert(
      fc.property(range, (some) => {
        expect(parseCidr(formatCidr(some))).toEqual(some);
      }),
    );
  });

  it('contains its parts, which lie apart and fill it', () => {
    fc.assert(
      fc.property(
        range.filter(({ prefix }) => prefix <= 24),
        fc.integer({ min: 1, max: 4 }),
        (whole, bits) => {
          const parts = Array.from({ length: 2 ** bits }, (_, index) => part(whole, bits, index));
          expect(parts.every((one) => contains(whole, one))).toBe(true);
          expect(parts.some((one, index) => parts.slice(0, index).some((other) => overlap(one, other)))).toBe(false);
          expect(parts.reduce((sum, one) => sum + sizeOf(one.prefix), 0)).toBe(sizeOf(whole.prefix));
        },
      ),
    );
  });

  it('overlaps another only if one contains the other, the same both ways', () => {
    fc.assert(
      fc.property(range, range, (left, right) => {
        expect(overlap(left, right)).toBe(contains(left, right) || contains(right, left));
        expect(overlap(right, left)).toBe(overlap(left, right));
      }),
    );
  });

  it('has no part beyond its last, nor beyond a single address', () => {
    expect(() => part(parseCidr('10.0.0.0/16'), 2, 4)).toThrow('10.0.0.0/16 has no part 4 of 4');
    expect(() => part(parseCidr('10.0.0.0/31'), 2, 0)).toThrow('has no part');
  });
});

describe('the plan of addresses', () => {
  it('gives each tier and zone a range of its own', () => {
    expect(planAddresses('10.40.0.0/16', 3)).toEqual({
      public: ['10.40.192.0/21', '10.40.200.0/21', '10.40.208.0/21'],
      private: ['10.40.0.0/18', '10.40.64.0/18', '10.40.128.0/18'],
      data: ['10.40.216.0/21', '10.40.224.0/21', '10.40.232.0/21'],
    });
  });

  it('moves nothing when a third zone comes', () => {
    const two = planAddresses('10.40.0.0/16', 2);
    const three = planAddresses('10.40.0.0/16', 3);
    expect({
      ...three,
      public: three.public.slice(0, 2),
      private: three.private.slice(0, 2),
      data: three.data.slice(0, 2),
    }).toEqual(two);
  });

  it('fits every VPC that the rules allow: inside it, apart, and large enough for a load balancer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 22 }), fc.integer({ min: 2, max: 3 }), (prefix, zones) => {
        const vpc = parseCidr(`10.0.0.0/${prefix}`);
        const plan = planAddresses(formatCidr(vpc), zones);
        const all = [...plan.public, ...plan.private, ...plan.data].map(parseCidr);
        expect(all.every((one) => contains(vpc, one) && one.prefix <= 27)).toBe(true);
        expect(all.some((one, index) => all.slice(0, index).some((other) => overlap(one, other)))).toBe(false);
      }),
    );
  });
});
