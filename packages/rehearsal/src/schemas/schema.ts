import type { ValueType } from '../protocol/value-type';

/** What Terraform knows of a resource, a data source, an ephemeral resource or the provider's own configuration. */
export interface Schema {
  readonly version: number;
  readonly block: Block;
}

/** Attributes and nested blocks by name. */
export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

/** A field that is set with `name = value`. */
export interface Attribute {
  readonly type: ValueType;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  /** Reaches the provider, but no plan and no state. */
  readonly writeOnly?: boolean;
}

/** A field that is set with `name { … }`. */
export interface NestedBlock {
  readonly nesting: 'single' | 'list' | 'set';
  readonly minItems: number;
  /** 0: as many as one likes. */
  readonly maxItems: number;
  readonly block: Block;
}

/** The type of a whole block, as a value of it has it. */
export function typeOf(block: Block): ValueType {
  const members: Record<string, ValueType> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) members[name] = attribute.type;
  for (const [name, nested] of Object.entries(block.blocks)) {
    const type = typeOf(nested.block);
    members[name] = nested.nesting === 'single' ? type : [nested.nesting, type];
  }
  return ['object', members];
}
