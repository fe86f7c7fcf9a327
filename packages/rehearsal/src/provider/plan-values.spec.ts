import { UNKNOWN, type Values } from '../protocol/value';
import type { Block } from '../schemas/schema';
import { planValues } from './plan-values';

const volume: Block = {
  attributes: {
    name: { type: 'string', required: true },
    root: { type: 'string', optional: true },
    late: { type: 'bool', computed: true },
  },
  blocks: {},
};
const block: Block = {
  attributes: {
    id: { type: 'string', computed: true },
    size: { type: 'number', optional: true },
    secret: { type: 'string', optional: true, writeOnly: true },
  },
  blocks: {
    volume: { nesting: 'set', minItems: 0, maxItems: 0, block: volume },
    check: {
      nesting: 'list',
      minItems: 0,
      maxItems: 1,
      block: { attributes: { path: { type: 'string', optional: true } }, blocks: {} },
    },
  },
};
const tables = { defaults: { size: 5, 'volume.root': '/' }, computedBlocks: new Set(['check']) };
const proposed: Values = {
  id: null,
  size: null,
  secret: 'hidden',
  volume: [{ name: 'a', root: null, late: null }],
  check: [],
};

describe('a plan', () => {
  it('of something new leaves open what AWS computes, and fills defaults in', () => {
    expect(planValues(block, tables, proposed, null)).toEqual({
      id: UNKNOWN,
      size: 5,
      secret: null,
      volume: [{ name: 'a', root: '/', late: UNKNOWN }],
      check: UNKNOWN,
    });
  });

  it('of a change keeps what was computed, also in sets, whose elements have no place', () => {
    const prior = {
      id: '1',
      size: 5,
      secret: null,
      volume: [
        { name: 'b', root: '/', late: true },
        { name: 'a', root: '/', late: false },
      ],
      check: [{ path: '/' }],
    };
    expect(planValues(block, tables, { ...proposed, id: '1' }, prior)).toEqual({
      id: '1',
      size: 5,
      secret: null,
      volume: [{ name: 'a', root: '/', late: false }],
      check: [{ path: '/' }],
    });
  });

  it('leaves open what a new element computes', () => {
    const prior = { id: '1', size: 5, secret: null, volume: [], check: [] };
    expect(planValues(block, tables, { ...proposed, id: '1' }, prior)).toMatchObject({
      volume: [{ name: 'a', late: UNKNOWN }],
    });
  });
});
