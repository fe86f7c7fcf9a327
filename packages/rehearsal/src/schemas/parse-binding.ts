import type { ValueType } from '../protocol/value-type';

/** One field of a generated class, as its comment line and its getter tell. */
export interface Field {
  readonly name: string;
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  /** A plain type, or the structure that a nested object has. */
  readonly type: ValueType | Structure;
}

/** A nested object and how many of it there may be. */
export interface Structure {
  readonly structure: string;
  readonly storage: 'single' | 'list' | 'set';
}

/** How a field is written in HCL, as the functions that write it tell. */
export interface HclForm {
  /** A block rather than an attribute. */
  readonly block: boolean;
  readonly collection: 'simple' | 'list' | 'set' | 'map' | 'struct';
  /** One at most. */
  readonly single: boolean;
  readonly element: 'string' | 'number' | 'bool' | { readonly structure: string };
}

/** A binding's structures by name; the root is the resource itself. */
export interface Binding {
  readonly root: string;
  readonly fields: ReadonlyMap<string, readonly Field[]>;
  readonly forms: ReadonlyMap<string, ReadonlyMap<string, HclForm>>;
}

const CLASS = /export class (\w+) extends cdktf\.(\w+)[^{]*\{([\s\S]*?)\n\}/g;
const HCL_FUNCTION = /export function (\w+)ToHclTerraform\([\s\S]*?\n\}/g;
// The last field of a class ends with the class.
const FIELD = /\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)\n([\s\S]*?)\n {2}\}(?=\n|$)/g;
const FORM = /\n\s+(\w+): \{\n\s+value: (.*),\n\s+isBlock: (\w+),\n\s+type: "(\w+)",/g;
const ROOTS = new Set(['TerraformResource', 'TerraformDataSource', 'TerraformProvider']);

/** The type of a plain attribute, by the call in its getter. */
const getters: readonly (readonly [RegExp, ValueType])[] = [
  [/return this\.getStringAttribute\(/, 'string'],
  [/return this\.getNumberAttribute\(/, 'number'],
  [/return this\.getBooleanAttribute\(/, 'bool'],
  [/return this\.getListAttribute\(/, ['list', 'string']],
  [/return cdktf\.Fn\.tolist\(this\.getListAttribute\(/, ['set', 'string']],
  [/return this\.getNumberListAttribute\(/, ['list', 'number']],
  [/tolist\(this\.getNumberListAttribute\(/, ['set', 'number']],
  [/return this\.getStringMapAttribute\(/, ['map', 'string']],
  [/return this\.getBooleanMapAttribute\(/, ['map', 'bool']],
  [/return this\.getNumberMapAttribute\(/, ['map', 'number']],
  [/new cdktf\.StringMap\(/, ['map', 'string']],
  [/new cdktf\.BooleanMap\(/, ['map', 'bool']],
  [/new cdktf\.NumberMap\(/, ['map', 'number']],
];

/** Reads the structures out of a generated binding. @throws {Error} where the generator's shape is not as expected */
export function parseBinding(source: string): Binding {
  const fields = new Map<string, Field[]>();
  const forms = new Map<string, Map<string, HclForm>>();
  let root: string | undefined;
  for (const [, className = '', base = '', body = ''] of source.matchAll(CLASS)) {
    const name = className.replace(/OutputReference$/, '');
    if (ROOTS.has(base)) {
      root = name;
      forms.set(name, new Map(formsOf(body)));
      // The provider's class has only inputs; its forms tell all there is to know.
      if (base === 'TerraformProvider') continue;
    }
    fields.set(name, [...fieldsOf(name, body)]);
  }
  for (const [text, name = ''] of source.matchAll(HCL_FUNCTION)) forms.set(capitalize(name), new Map(formsOf(text)));
  if (root === undefined) throw new Error('no class of a resource, a data source or a provider');
  return { root, fields, forms };
}

function* fieldsOf(structure: string, body: string): Generator<Field> {
  for (const [, name = '', computed, optional, required, code = ''] of body.matchAll(FIELD)) {
    const type = getters.find(([pattern]) => pattern.test(code))?.[1] ?? structureIn(code);
    if (type === undefined) throw new Error(`${structure}.${name}: a type that is not understood: ${code.trim()}`);
    yield { name, computed: computed === 'true', optional: optional === 'true', required: required === 'true', type };
  }
}

function structureIn(code: string): Structure | undefined {
  const [, list, isSet] = /new (\w+)List\(this, "\w+", (true|false)\)/.exec(code) ?? [];
  if (list !== undefined) return { structure: list, storage: isSet === 'true' ? 'set' : 'list' };
  const [, single] = /new (\w+)OutputReference\(this, "\w+"\)/.exec(code) ?? [];
  return single === undefined ? undefined : { structure: single, storage: 'single' };
}

function* formsOf(text: string): Generator<[string, HclForm]> {
  for (const [, name = '', value = '', isBlock, collection = ''] of text.matchAll(FORM)) {
    const mapped = /^cdktf\.(?:list|hash)MapperHcl\(/.test(value);
    // `listMapperHcl(f, false)` marks what looks like a block, but is an attribute that holds objects.
    const attribute = mapped && !value.includes(', true)(');
    yield [
      name,
      {
        block: isBlock === 'true' && !attribute,
        collection: isCollection(collection) ? collection : 'simple',
        single: !mapped,
        element: elementOf(value),
      },
    ];
  }
}

function elementOf(value: string): HclForm['element'] {
  if (value.includes('cdktf.booleanToHclTerraform')) return 'bool';
  if (value.includes('cdktf.numberToHclTerraform')) return 'number';
  if (value.includes('cdktf.stringToHclTerraform')) return 'string';
  const [, structure] = /(?:^|\()(\w+)ToHclTerraform/.exec(value) ?? [];
  if (structure === undefined) throw new Error(`a form that is not understood: ${value}`);
  return { structure: capitalize(structure) };
}

function isCollection(word: string): word is 'list' | 'set' | 'map' | 'struct' {
  return word === 'list' || word === 'set' || word === 'map' || word === 'struct';
}

function capitalize(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
