import type { ValueType } from '../protocol/value-type';
import type { Binding, Field, HclForm, Structure } from './parse-binding';
import type { Attribute, Block, NestedBlock, Schema } from './schema';

/** The schema that a binding was generated from, as far as the binding tells; corrections add the rest. */
export function buildSchema(binding: Binding): Schema {
  const block = binding.fields.has(binding.root)
    ? blockOfFields(binding, binding.root)
    : blockOfForms(binding, binding.root);
  return { version: 0, block };
}

function blockOfFields(binding: Binding, structure: string): Block {
  const attributes: Record<string, Attribute> = {};
  const blocks: Record<string, NestedBlock> = {};
  for (const field of fieldsOf(binding, structure)) {
    const form = binding.forms.get(structure)?.get(field.name);
    if (isStructure(field.type) && form?.block === true)
      blocks[field.name] = nestedBlock(field, field.type, form, blockOfFields(binding, field.type.structure));
    else attributes[field.name] = { type: attributeType(binding, field.type, form), ...modesOf(field) };
  }
  return { attributes, blocks };
}

function nestedBlock(field: Field, type: Structure, form: HclForm, block: Block): NestedBlock {
  const maxItems = type.storage === 'single' ? 1 : 0;
  const nesting = form.collection === 'struct' ? 'single' : form.collection === 'set' ? 'set' : 'list';
  // The protocol wants no bounds on blocks that occur once by their nature.
  return nesting === 'single'
    ? { nesting, minItems: 0, maxItems: 0, block }
    : { nesting, minItems: field.required ? 1 : 0, maxItems, block };
}

function modesOf(field: Field): Omit<Attribute, 'type'> {
  return {
    ...(field.required ? { required: true } : {}),
    ...(field.optional ? { optional: true } : {}),
    ...(field.computed ? { computed: true } : {}),
  };
}

function attributeType(binding: Binding, type: Field['type'], form: HclForm | undefined): ValueType {
  if (!isStructure(type)) return type;
  const members: Record<string, ValueType> = {};
  for (const field of fieldsOf(binding, type.structure))
    members[field.name] = attributeType(binding, field.type, binding.forms.get(type.structure)?.get(field.name));
  // A computed object that occurs once is a list with one element: the old SDK knows no other.
  const storage = type.storage === 'single' ? (form?.collection === 'set' ? 'set' : 'list') : type.storage;
  return [storage, ['object', members]];
}

/** The provider's own configuration: only inputs, all optional. */
function blockOfForms(binding: Binding, structure: string): Block {
  const attributes: Record<string, Attribute> = {};
  const blocks: Record<string, NestedBlock> = {};
  for (const [name, form] of binding.forms.get(structure) ?? []) {
    // cdktf makes up `alias`: it belongs to Terraform's language, not to the provider's schema.
    if (name === 'alias') continue;
    if (typeof form.element === 'string') {
      const { collection, element } = form;
      const plain = collection === 'simple' || collection === 'struct';
      attributes[name] = { type: plain ? element : [collection, element], optional: true };
    } else {
      const block = blockOfForms(binding, form.element.structure);
      const nesting = form.collection === 'set' ? 'set' : 'list';
      blocks[name] = { nesting, minItems: 0, maxItems: form.single ? 1 : 0, block };
    }
  }
  return { attributes, blocks };
}

function fieldsOf(binding: Binding, structure: string): readonly Field[] {
  const fields = binding.fields.get(structure);
  if (fields === undefined) throw new Error(`${binding.root}: no class describes ${structure}`);
  return fields;
}

function isStructure(type: Field['type']): type is Structure {
  return typeof type === 'object' && 'structure' in type;
}
