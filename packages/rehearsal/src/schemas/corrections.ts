import type { Attribute, Block, NestedBlock, Schema } from './schema';

/** What the bindings lost and a resource's own file says again. Paths are dotted: `default_action.redirect`. */
export interface Corrections {
  /** Attributes that Terraform masks. */
  readonly sensitive?: readonly string[];
  /** Attributes that reach no plan and no state. */
  readonly writeOnly?: readonly string[];
  /** Blocks that occur once at most, but are kept in a set. */
  readonly sets?: readonly string[];
  /** Least and largest number of blocks, where it is not 0 or 1 to any number. */
  readonly bounds?: Readonly<Record<string, readonly [least: number, most: number]>>;
}

/** The schema with its corrections. @throws {Error} when a correction names something that the schema lacks */
export function correctSchema(schema: Schema, corrections: Corrections): Schema {
  let block = schema.block;
  for (const path of corrections.sensitive ?? [])
    block = changeAttribute(block, path, (found) => ({ ...found, sensitive: true }));
  for (const path of corrections.writeOnly ?? [])
    block = changeAttribute(block, path, (found) => ({ ...found, writeOnly: true, sensitive: true }));
  for (const path of corrections.sets ?? [])
    block = changeBlock(block, path, (found) => ({ ...found, nesting: 'set' }));
  for (const [path, [minItems, maxItems]] of Object.entries(corrections.bounds ?? {}))
    block = changeBlock(block, path, (found) => ({ ...found, minItems, maxItems }));
  return { ...schema, block };
}

function changeAttribute(block: Block, path: string, change: (found: Attribute) => Attribute): Block {
  const { parent, name } = splitPath(path);
  return changeParent(block, parent, path, (found) => {
    const attribute = found.attributes[name];
    if (attribute === undefined) throw new Error(`a correction of "${path}": there is no such attribute`);
    return { ...found, attributes: { ...found.attributes, [name]: change(attribute) } };
  });
}

function changeBlock(block: Block, path: string, change: (found: NestedBlock) => NestedBlock): Block {
  const { parent, name } = splitPath(path);
  return changeParent(block, parent, path, (found) => {
    const nested = found.blocks[name];
    if (nested === undefined) throw new Error(`a correction of "${path}": there is no such block`);
    return { ...found, blocks: { ...found.blocks, [name]: change(nested) } };
  });
}

function changeParent(block: Block, parent: readonly string[], path: string, change: (found: Block) => Block): Block {
  const [name, ...rest] = parent;
  if (name === undefined) return change(block);
  const nested = block.blocks[name];
  if (nested === undefined) throw new Error(`a correction of "${path}": there is no block "${name}"`);
  return {
    ...block,
    blocks: { ...block.blocks, [name]: { ...nested, block: changeParent(nested.block, rest, path, change) } },
  };
}

function splitPath(path: string): { parent: readonly string[]; name: string } {
  const parts = path.split('.');
  return { parent: parts.slice(0, -1), name: parts.at(-1) ?? '' };
}
