import { InputError } from '@loadlab/foundation';
import { parsePlan } from './parse-plan';

const words = (bytes: Buffer): string => {
  try {
    parsePlan('plan.json', bytes);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error('was accepted');
};
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

describe('what is no plan is refused with what it is', () => {
  it.each<[string, Buffer, RegExp]>([
    ['nothing', Buffer.alloc(0), /empty/],
    ['a saved plan', Buffer.from('PK\x03\x04rest'), /binary format[\s\S]*terraform show -json/],
    ['a truncated file', Buffer.from('{"format_version":"1.2","resource_'), /not whole JSON/],
    ['a binary file', Buffer.from([0xff, 0xfe, 0x00, 0x80]), /binary/],
    ['a state', json({ version: 4, serial: 3, lineage: 'x', resources: [] }), /is a state/],
    ['a state as JSON', json({ format_version: '1.0', values: {} }), /is a state as JSON/],
    ['provider schemas', json({ format_version: '1.0', provider_schemas: {} }), /provider schemas/],
    ['a synthesized stack', json({ terraform: {}, resource: {} }), /synthesized stack/],
    ['some other JSON', json([1, 2]), /not a Terraform plan/],
    ['a newer format', json({ format_version: '2.0', resource_changes: [] }), /format 2\.0/],
    ['a failed plan', json({ format_version: '1.2', resource_changes: [], errored: true }), /failed run/],
    [
      'a mangled plan',
      json({ format_version: '1.2', resource_changes: [{ address: 1 }] }),
      /resource_changes\.0\.address/,
    ],
  ])('%s', (_, bytes, expected) => {
    expect(words(bytes)).toMatch(expected);
  });
});

it('a plan of a later minor version is read', () => {
  expect(
    parsePlan('plan.json', json({ format_version: '1.9', resource_changes: [], novelty: true })).resource_changes,
  ).toEqual([]);
});
