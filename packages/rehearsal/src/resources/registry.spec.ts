import { Catalog } from '../provider/catalog';
import type { Block } from '../schemas/schema';
import { dataSources } from './data-sources/data-sources';
import { ephemeralResources, resourceTypes } from './registry';
import type { ResourceType } from './resource-type';

const catalog = new Catalog(resourceTypes, dataSources, ephemeralResources);

/** Every dotted path that a type's tables name. */
function namedPaths(type: ResourceType): string[] {
  return [
    ...(type.forceNew ?? []),
    ...Object.keys(type.defaults ?? {}),
    ...Object.keys(type.allowed ?? {}),
    ...(type.computedBlocks ?? []),
    ...(type.onlyInState ?? []),
    ...(type.json ?? []),
    ...(type.references ?? []).map(({ attribute }) => attribute),
  ];
}

function has(block: Block, [name = '', ...rest]: readonly string[]): boolean {
  if (rest.length === 0) return block.attributes[name] !== undefined || block.blocks[name] !== undefined;
  const nested = block.blocks[name];
  // An attribute may hold objects, whose members are in its type.
  if (nested === undefined) return JSON.stringify(block.attributes[name]?.type ?? '').includes(`"${rest[0] ?? ''}"`);
  return has(nested.block, rest);
}

describe('the tables of every resource type', () => {
  it.each(resourceTypes.map((type) => [type.type, type] as const))(
    '%s: name only what the installed bindings have',
    (_name, type) => {
      const { block } = catalog.resource(type.type).schema;
      expect(namedPaths(type).filter((path) => !has(block, path.split('.')))).toEqual([]);
    },
  );

  it('name only types that exist, where they refer to others', () => {
    const missing = resourceTypes
      .flatMap(({ references = [] }) => references)
      .filter(({ optional }) => optional !== true)
      .flatMap(({ to }) => to)
      .filter((type) => !catalog.resources.has(type));
    expect(missing).toEqual([]);
  });

  it('give defaults to attributes that a configuration may leave out, and to no others', () => {
    const wrong = resourceTypes.flatMap((type) =>
      Object.keys(type.defaults ?? {}).filter((path) =>
        isRequired(catalog.resource(type.type).schema.block, path.split('.')),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('mask what AWS would never show', () => {
    const { block } = catalog.resource('aws_db_instance').schema;
    expect(block.attributes.password_wo).toEqual({ type: 'string', optional: true, sensitive: true, writeOnly: true });
    expect(block.attributes.password).toMatchObject({ sensitive: true });
  });
});

function isRequired(block: Block, [name = '', ...rest]: readonly string[]): boolean {
  if (rest.length > 0) return isRequired(block.blocks[name]?.block ?? block, rest);
  return block.attributes[name]?.required === true;
}

it('has a schema for every data source', () => {
  for (const { type } of dataSources)
    expect(Object.keys(catalog.dataSource(type).schema.block.attributes)).not.toEqual([]);
});
