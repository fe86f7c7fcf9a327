import type { DataSource } from '../resources/data-sources/data-source';
import type { EphemeralResource } from '../resources/ephemeral-resource';
import type { ResourceType } from '../resources/resource-type';
import { bindingSource, type BindingKind } from '../schemas/binding-source';
import { buildSchema } from '../schemas/build-schema';
import { correctSchema, type Corrections } from '../schemas/corrections';
import { parseBinding } from '../schemas/parse-binding';
import type { Schema } from '../schemas/schema';

/** All types that the provider offers, each with its schema, read when first asked for. */
export class Catalog {
  readonly resources: ReadonlyMap<string, ResourceType>;
  readonly dataSources: ReadonlyMap<string, DataSource>;
  readonly ephemerals: ReadonlyMap<string, EphemeralResource>;
  private readonly schemas = new Map<string, Schema>();

  constructor(
    resources: readonly ResourceType[],
    dataSources: readonly DataSource[],
    ephemerals: readonly EphemeralResource[],
  ) {
    this.resources = new Map(resources.map((entry) => [entry.type, entry]));
    this.dataSources = new Map(dataSources.map((entry) => [entry.type, entry]));
    this.ephemerals = new Map(ephemerals.map((entry) => [entry.type, entry]));
  }

  resource(type: string): { type: ResourceType; schema: Schema } {
    const entry = found(this.resources.get(type), type);
    return { type: entry, schema: this.schema('resource', type, entry.corrections) };
  }

  dataSource(type: string): { type: DataSource; schema: Schema } {
    const entry = found(this.dataSources.get(type), type);
    return { type: entry, schema: this.schema('data', type, entry.corrections) };
  }

  ephemeral(type: string): EphemeralResource {
    return found(this.ephemerals.get(type), type);
  }

  provider(): Schema {
    return this.schema('provider', 'aws', { sensitive: [] });
  }

  private schema(kind: BindingKind, type: string, corrections: Corrections = {}): Schema {
    const key = `${kind} ${type}`;
    const known = this.schemas.get(key);
    if (known !== undefined) return known;
    const source = bindingSource(kind, type);
    if (source === undefined) throw new Error(`@cdktf/provider-aws has no ${kind} "${type}"`);
    const schema = correctSchema(buildSchema(parseBinding(source)), corrections);
    this.schemas.set(key, schema);
    return schema;
  }
}

function found<T>(entry: T | undefined, type: string): T {
  if (entry === undefined) throw new Error(`the offline provider has no "${type}"`);
  return entry;
}
