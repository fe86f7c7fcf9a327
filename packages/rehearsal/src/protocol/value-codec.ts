import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';
import { isUnknown, refinedUnknown, refinementsOf, UNKNOWN, type Value, type Values } from './value';

/** A value as it travels: Terraform sends MessagePack, but may send JSON. Absent fields arrive empty. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** go-cty marks unknowns with this extension, and with the other those of which something is known already. */
const UNKNOWN_EXTENSION = 0;
const REFINED_EXTENSION = 12;

const extensions = new ExtensionCodec();
extensions.register({
  type: UNKNOWN_EXTENSION,
  encode: (value) => (isUnknown(value) && refinementsOf(value) === undefined ? Uint8Array.of(0) : null),
  decode: () => UNKNOWN,
});
extensions.register({
  type: REFINED_EXTENSION,
  encode: (value) => (isUnknown(value) ? (refinementsOf(value) ?? null) : null),
  decode: refinedUnknown,
});
const decoder = new Decoder({ extensionCodec: extensions });
const encoder = new Encoder({ extensionCodec: extensions });

/** Reads a value as Terraform sent it; an absent one is null. @throws {Error} when the bytes are no value */
export function decodeValue(dynamic: DynamicValue | null | undefined): Value {
  if (dynamic?.msgpack !== undefined && dynamic.msgpack.length > 0) return toValue(decoder.decode(dynamic.msgpack));
  if (dynamic?.json !== undefined && dynamic.json.length > 0)
    return toValue(JSON.parse(Buffer.from(dynamic.json).toString('utf8')));
  return null;
}

/** The value as Terraform expects it. */
export function encodeValue(value: Value): DynamicValue {
  return { msgpack: encoder.encode(value) };
}

/** Holds decoded data against what a Terraform value may be. @throws {Error} for anything else, such as raw bytes */
export function toValue(data: unknown): Value {
  if (data === null || typeof data === 'boolean' || typeof data === 'number' || typeof data === 'string') return data;
  if (isUnknown(data)) return data;
  if (Array.isArray(data)) return data.map(toValue);
  if (typeof data === 'object' && Object.getPrototypeOf(data) === Object.prototype) {
    const values: Values = {};
    for (const [name, member] of Object.entries(data)) values[name] = toValue(member);
    return values;
  }
  throw new Error(`a Terraform value cannot hold ${Object.prototype.toString.call(data)}`);
}
