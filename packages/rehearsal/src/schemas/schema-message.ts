import type { BlockMessage, NestedBlockMessage, SchemaMessage } from '../protocol/messages';
import type { Block, NestedBlock, Schema } from './schema';

const nestings: Readonly<Record<NestedBlock['nesting'], NestedBlockMessage['nesting']>> = {
  single: 'SINGLE',
  list: 'LIST',
  set: 'SET',
};

/** The schema as the protocol carries it. */
export function schemaMessage(schema: Schema): SchemaMessage {
  return { version: schema.version, block: blockMessage(schema.block) };
}

function blockMessage(block: Block): BlockMessage {
  return {
    attributes: Object.entries(block.attributes).map(([name, attribute]) => ({
      name,
      type: Buffer.from(JSON.stringify(attribute.type)),
      required: attribute.required ?? false,
      optional: attribute.optional ?? false,
      computed: attribute.computed ?? false,
      sensitive: attribute.sensitive ?? false,
      write_only: attribute.writeOnly ?? false,
    })),
    block_types: Object.entries(block.blocks).map(([name, nested]) => ({
      type_name: name,
      block: blockMessage(nested.block),
      nesting: nestings[nested.nesting],
      min_items: nested.minItems,
      max_items: nested.maxItems,
    })),
  };
}
