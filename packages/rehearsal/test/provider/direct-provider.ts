import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Account } from '../../src/account/account';
import { SecretValues } from '../../src/account/secret-values';
import type { Interference } from '../../src/faults/interference';
import type { PluginHandlers } from '../../src/protocol/plugin-server';
import { isValues, type KnownValues, type Value, type Values } from '../../src/protocol/value';
import { decodeValue, encodeValue } from '../../src/protocol/value-codec';
import { Catalog } from '../../src/provider/catalog';
import { offlineAws } from '../../src/provider/offline-aws';
import { dataSources } from '../../src/resources/data-sources/data-sources';
import { AssumedContainers } from '../../src/resources/ecs/assumed-containers';
import type { FunctionRunner } from '../../src/resources/lambda/function-runner';
import { ephemeralResources, resourceTypes } from '../../src/resources/registry';
import { conformBlock } from '../../src/schemas/conform';

/** What became of a resource. */
export interface Outcome {
  readonly state: Values | null;
  /** Summary and detail of each error. */
  readonly errors: readonly string[];
  /** `cidr_block`, `root_directory.0.path`: why it was replaced. */
  readonly replacedBecause: readonly string[];
  readonly planned: Values | null;
}

const peer = { address: '127.0.0.1:1', gone: new AbortController().signal };
const undisturbed: Interference = { run: async (_call, make) => ({ result: await make() }) };
const noFunctions: FunctionRunner = {
  storeCode: () => Promise.resolve({ codeSha256: 'c29tZSBjb2Rl', codeSize: 9 }),
  invoke: () => Promise.resolve({ payload: '{"path":"/published"}' }),
};
const catalog = new Catalog(resourceTypes, dataSources, ephemeralResources);

/** The provider without gRPC and without Terraform: does for one resource what Terraform would do, in milliseconds. */
export class DirectProvider {
  readonly folder = mkdtempSync(join(tmpdir(), 'loadlab-provider-'));
  readonly account = new Account(join(this.folder, 'account.json'));
  readonly secrets = new SecretValues(this.account.file);
  private readonly handlers: PluginHandlers;

  private constructor(functions: FunctionRunner) {
    this.handlers = offlineAws({
      catalog,
      world: {
        account: this.account,
        secrets: this.secrets,
        functions,
        containers: new AssumedContainers(this.account),
      },
      now: () => new Date('2026-11-24T12:00:00Z'),
      interference: undisturbed,
    });
  }

  static async start(provider: KnownValues = {}, functions: FunctionRunner = noFunctions): Promise<DirectProvider> {
    const direct = new DirectProvider(functions);
    const config = conformBlock(catalog.provider().block, { region: 'us-east-1', ...provider });
    const { diagnostics } = await direct.handlers.Configure(
      { terraform_version: '1.11.4', config: encodeValue(config) },
      peer,
    );
    if (diagnostics.length > 0) throw new Error(diagnostics.map(({ summary }) => summary).join('; '));
    return direct;
  }

  stop(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Validates, plans and applies; with a prior state, as a change of it, and if it must be, as a replacement. */
  async apply(type: string, config: KnownValues, prior: Values | null = null): Promise<Outcome> {
    const { block } = catalog.resource(type).schema;
    const whole = conformBlock(block, config);
    const validated = await this.handlers.ValidateResourceTypeConfig(
      { type_name: type, config: encodeValue(whole) },
      peer,
    );
    if (validated.diagnostics.length > 0) return failed(prior, validated.diagnostics);
    const plan = async (before: Values | null) =>
      this.handlers.PlanResourceChange(
        {
          type_name: type,
          prior_state: encodeValue(before),
          proposed_new_state: encodeValue(propose(type, whole, before)),
          config: encodeValue(whole),
          prior_private: new Uint8Array(),
        },
        peer,
      );
    const first = await plan(prior);
    if (first.diagnostics.length > 0) return failed(prior, first.diagnostics);
    const replacedBecause = (first.requires_replace ?? []).map(({ steps }) =>
      steps.map((step) => Object.values(step).join('')).join('.'),
    );
    let before = prior;
    if (replacedBecause.length > 0) {
      const removed = await this.destroy(type, prior);
      if (removed.errors.length > 0) return { ...removed, replacedBecause };
      before = null;
    }
    const planned = replacedBecause.length > 0 ? await plan(null) : first;
    const applied = await this.handlers.ApplyResourceChange(
      {
        type_name: type,
        prior_state: encodeValue(before),
        planned_state: planned.planned_state ?? null,
        config: encodeValue(whole),
        planned_private: new Uint8Array(),
      },
      peer,
    );
    return {
      state: valuesOrNull(decodeValue(applied.new_state)),
      errors: texts(applied.diagnostics),
      replacedBecause,
      planned: valuesOrNull(decodeValue(planned.planned_state)),
    };
  }

  /** As `apply`, for what must work. */
  async make(type: string, config: KnownValues, prior: Values | null = null): Promise<Values> {
    const { state, errors } = await this.apply(type, config, prior);
    if (errors.length > 0 || state === null) throw new Error(`${type}: ${errors.join('; ')}`);
    return state;
  }

  async destroy(type: string, state: Values | null): Promise<Outcome> {
    const applied = await this.handlers.ApplyResourceChange(
      {
        type_name: type,
        prior_state: encodeValue(state),
        planned_state: encodeValue(null),
        config: encodeValue(null),
        planned_private: new Uint8Array(),
      },
      peer,
    );
    return {
      state: valuesOrNull(decodeValue(applied.new_state)),
      errors: texts(applied.diagnostics),
      replacedBecause: [],
      planned: null,
    };
  }

  async read(type: string, state: Values): Promise<Values | null> {
    const request = { type_name: type, current_state: encodeValue(state), private: new Uint8Array() };
    return valuesOrNull(decodeValue((await this.handlers.ReadResource(request, peer)).new_state));
  }

  async data(type: string, config: KnownValues = {}): Promise<Outcome> {
    const whole = conformBlock(catalog.dataSource(type).schema.block, config);
    const answer = await this.handlers.ReadDataSource({ type_name: type, config: encodeValue(whole) }, peer);
    const state = answer.state === undefined ? null : valuesOrNull(decodeValue(answer.state));
    return { state, errors: texts(answer.diagnostics), replacedBecause: [], planned: null };
  }

  async open(type: string, config: KnownValues = {}): Promise<Outcome> {
    const whole = conformBlock(catalog.ephemeral(type).schema.block, config);
    const answer = await this.handlers.OpenEphemeralResource({ type_name: type, config: encodeValue(whole) }, peer);
    const state = answer.result === undefined ? null : valuesOrNull(decodeValue(answer.result));
    return { state, errors: texts(answer.diagnostics), replacedBecause: [], planned: null };
  }
}

/** What Terraform proposes: the configuration, and prior values where it leaves computed attributes open. */
function propose(type: string, config: Values, prior: Values | null): Values {
  const { attributes } = catalog.resource(type).schema.block;
  const kept = Object.entries(config).map(([name, value]): [string, Value] => [
    name,
    value === null && attributes[name]?.computed === true ? (prior?.[name] ?? null) : value,
  ]);
  return Object.fromEntries(kept);
}

function failed(state: Values | null, diagnostics: readonly { summary: string; detail?: string }[]): Outcome {
  return { state, errors: texts(diagnostics), replacedBecause: [], planned: null };
}

function texts(diagnostics: readonly { summary: string; detail?: string }[]): string[] {
  return diagnostics.map(({ summary, detail = '' }) => `${summary} ${detail}`.trim());
}

function valuesOrNull(value: Value): Values | null {
  return isValues(value) ? value : null;
}
