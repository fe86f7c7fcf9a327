import type { Interference, PendingCall } from '../faults/interference';
import type { Diagnostic, SchemaMessage } from '../protocol/messages';
import type { Peer, PluginHandlers } from '../protocol/plugin-server';
import { isValues, type KnownValues, type Value, type Values } from '../protocol/value';
import { decodeValue, encodeValue, toValue } from '../protocol/value-codec';
import { Attributes } from '../protocol/attributes';
import { AwsError } from '../resources/aws-error';
import type { World } from '../resources/world';
import { conformBlock } from '../schemas/conform';
import type { Block, Schema } from '../schemas/schema';
import { schemaMessage } from '../schemas/schema-message';
import { callAws } from './call-aws';
import { Connections } from './connections';
import { createResource, deleteResource, updateResource, type ApplyScene } from './apply-change';
import type { Catalog } from './catalog';
import { readConfiguration } from './configuration';
import { asState } from './identity';
import { findingDiagnostic } from './diagnostics';
import { fillUnknowns } from './fill-unknowns';
import { planChange } from './plan-change';
import { planValues } from './plan-values';
import { importState, readResource } from './read-resource';
import { validateConfig } from './validate-config';

/** What the provider is made of. */
export interface OfflineAwsOptions {
  readonly catalog: Catalog;
  readonly world: World;
  /** Region for configurations that name none. */
  readonly fallbackRegion?: string;
  readonly now: () => Date;
  /** What gets in the way of calls. */
  readonly interference: Interference;
}

/** The provider's answers. Each connection of Terraform's is one provider configuration, told apart by its peer. */
export function offlineAws(options: OfflineAwsOptions): PluginHandlers {
  const { catalog, world, interference } = options;
  const connections = new Connections();
  const sceneOf = (type: string, peer: Peer): ApplyScene => {
    const entry = catalog.resource(type);
    return {
      types: catalog.resources,
      type: entry.type,
      block: entry.schema.block,
      provider: connections.configurationOf(peer),
      world,
      now: options.now,
    };
  };

  return {
    GetSchema: () => ({
      provider: schemaMessage(catalog.provider()),
      resource_schemas: messages(catalog.resources.keys(), (type) => catalog.resource(type).schema),
      data_source_schemas: messages(catalog.dataSources.keys(), (type) => catalog.dataSource(type).schema),
      ephemeral_resource_schemas: messages(catalog.ephemerals.keys(), (type) => catalog.ephemeral(type).schema),
      server_capabilities: { plan_destroy: true },
      diagnostics: [],
    }),
    GetFunctions: () => ({ diagnostics: [] }),
    Stop: (_request, peer) => {
      connections.stop(peer);
      return { Error: '' };
    },

    PrepareProviderConfig: ({ config }) => ({ prepared_config: config, diagnostics: [] }),
    Configure: ({ config }, peer) => {
      const { accountId } = world.account.read();
      const read = readConfiguration(decodeValue(config), options.fallbackRegion, accountId);
      if (read.configuration !== undefined) connections.configure(peer, read.configuration);
      return { diagnostics: read.diagnostics };
    },

    ValidateResourceTypeConfig: ({ type_name, config }) => ({
      diagnostics: validateConfig(catalog.resource(type_name).type, valuesOf(decodeValue(config))).map(
        findingDiagnostic,
      ),
    }),
    ValidateDataSourceConfig: nothingToSay,
    ValidateEphemeralResourceConfig: nothingToSay,

    UpgradeResourceState: ({ type_name, raw_state }) => {
      const { schema } = catalog.resource(type_name);
      const stored = toValue(JSON.parse(Buffer.from(raw_state?.json ?? '{}').toString('utf8')));
      return { upgraded_state: encodeValue(conformBlock(schema.block, valuesOf(stored))), diagnostics: [] };
    },

    ReadResource: async ({ type_name, current_state, private: kept }, peer) => {
      const { type, schema } = catalog.resource(type_name);
      const current = asState(schema.block, valuesOf(decodeValue(current_state)));
      const call = { type: type_name, operation: 'read', values: current, gone: connections.gone(peer) } as const;
      const { state, diagnostics } = await callAws(interference, type, call, current, () => ({
        state: readResource(type, schema.block, connections.configurationOf(peer), world.account.read(), current),
        diagnostics: [],
      }));
      return { new_state: encodeValue(state), private: kept, diagnostics };
    },

    PlanResourceChange: (request, peer) => {
      const { type, schema } = catalog.resource(request.type_name);
      const proposed = decodeValue(request.proposed_new_state);
      // A deletion needs no planning; what stands in its way is AWS's to say.
      if (!isValues(proposed)) return { planned_state: encodeValue(null), diagnostics: [] };
      const prior = decodeValue(request.prior_state);
      const config = valuesOf(decodeValue(request.config));
      const plan = planChange(
        type,
        schema.block,
        connections.configurationOf(peer),
        isValues(prior) ? prior : null,
        proposed,
        config,
      );
      return {
        planned_state: encodeValue(plan.planned),
        requires_replace: plan.replace,
        diagnostics: plan.findings.map(findingDiagnostic),
        legacy_type_system: type.framework !== true,
      };
    },

    ApplyResourceChange: async (request, peer) => {
      const scene = sceneOf(request.type_name, peer);
      const prior = decodeValue(request.prior_state);
      const planned = decodeValue(request.planned_state);
      const config = valuesOf(decodeValue(request.config));
      const before = isValues(prior) ? asState(scene.block, prior) : null;
      const call: PendingCall = {
        type: request.type_name,
        operation: !isValues(planned) ? 'delete' : before === null ? 'create' : 'update',
        values: isValues(planned) ? planned : valuesOf(prior),
        gone: connections.gone(peer),
      };
      const { state, diagnostics } = await callAws(interference, scene.type, call, before, () => {
        if (!isValues(planned)) return deleteResource(scene, valuesOf(prior));
        return before === null
          ? createResource(scene, planned, config)
          : updateResource(scene, before, planned, config);
      });
      return { new_state: encodeValue(state), diagnostics, legacy_type_system: scene.type.framework !== true };
    },

    ImportResourceState: ({ type_name, id }) => {
      const { type, schema } = catalog.resource(type_name);
      return {
        imported_resources: [
          { type_name, state: encodeValue(importState(type, schema.block, id, world.account.read())) },
        ],
        diagnostics: [],
      };
    },

    ReadDataSource: ({ type_name, config }, peer) => {
      const { type, schema } = catalog.dataSource(type_name);
      const values = valuesOf(decodeValue(config));
      const region = new Attributes(values).text('region') || connections.configurationOf(peer).region;
      try {
        const answer = type.read({ config: new Attributes(values), account: world.account.read(), region });
        return { state: encodeValue(answered(schema.block, values, { region, ...answer })), diagnostics: [] };
      } catch (error) {
        return { diagnostics: [dataRefusal(error, type.label)] };
      }
    },

    OpenEphemeralResource: async ({ type_name, config }) => {
      const type = catalog.ephemeral(type_name);
      const values = valuesOf(decodeValue(config));
      try {
        const result = await type.open(new Attributes(values), world);
        return { result: encodeValue(answered(type.schema.block, values, result)), diagnostics: [] };
      } catch (error) {
        return { diagnostics: [dataRefusal(error, type.label)] };
      }
    },
    RenewEphemeralResource: nothingToSay,
    CloseEphemeralResource: nothingToSay,
  };
}

function nothingToSay(): { diagnostics: readonly Diagnostic[] } {
  return { diagnostics: [] };
}

function messages(types: Iterable<string>, schemaOf: (type: string) => Schema): Record<string, SchemaMessage> {
  return Object.fromEntries([...types].map((type) => [type, schemaMessage(schemaOf(type))]));
}

function valuesOf(value: Value): Values {
  return isValues(value) ? value : {};
}

/** What was configured, completed by the answer. */
function answered(block: Block, config: Values, answer: KnownValues): KnownValues {
  const open = planValues(block, { defaults: {}, computedBlocks: new Set() }, config, null);
  return fillUnknowns(block, open, answer);
}

function dataRefusal(error: unknown, label: string): Diagnostic {
  if (!(error instanceof AwsError)) throw error;
  return { severity: 'ERROR', summary: `reading ${label}: ${error.message}`, detail: '' };
}
