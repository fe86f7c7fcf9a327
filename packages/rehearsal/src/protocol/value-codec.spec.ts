import fc from 'fast-check';
import { encode } from '@msgpack/msgpack';
import { isUnknown, refinedUnknown, refinementsOf, UNKNOWN, type Value } from './value';
import { decodeValue, encodeValue, toValue } from './value-codec';

/** Any value that Terraform can send. */
const anyValue = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    // Of zero Terraform knows one.
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.string(),
    fc.constant(UNKNOWN),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((name) => name !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

describe('values', () => {
  it('come back as they were sent', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(decodeValue(encodeValue(value))).toEqual(value);
      }),
    );
  });

  it('may come as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (json) => {
        const value = toValue(JSON.parse(JSON.stringify(json)));
        expect(decodeValue({ json: Buffer.from(JSON.stringify(value)) })).toEqual(value);
      }),
    );
  });

  it('hand what is known of an unknown back, byte by byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
        const back = decodeValue(encodeValue({ id: refinedUnknown(bytes) }));
        const id = (back as { id: unknown }).id;
        expect(isUnknown(id) && refinementsOf(id)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('are null when absent', () => {
    expect([decodeValue(null), decodeValue(undefined), decodeValue({ msgpack: new Uint8Array() })]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('are refused when they are none', () => {
    expect(() => decodeValue({ msgpack: encode({ raw: Uint8Array.of(1) }) })).toThrow('a Terraform value cannot hold');
  });

  it('write an unknown as go-cty does: one zero byte under extension 0', () => {
    expect([...(encodeValue(UNKNOWN).msgpack ?? [])]).toEqual([0xd4, 0x00, 0x00]);
  });
});
