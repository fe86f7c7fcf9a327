import type { AccountResource } from '../account/account-document';
import type { Diagnostic } from '../protocol/messages';
import { canonical, type KnownValues, type Values } from '../protocol/value';
import { Attributes } from '../protocol/attributes';
import type { ResourceType } from '../resources/resource-type';
import { Scene } from '../resources/scene';
import type { World } from '../resources/world';
import type { Block } from '../schemas/schema';
import type { ProviderConfiguration } from './configuration';
import { refusal } from './diagnostics';
import { fillUnknowns } from './fill-unknowns';
import { asState, idOf, notFound } from './identity';
import { checkReferences, checkUnique, checkUnused, type ResourceTypes } from './references';
import { toAccount } from './stored-attributes';

/** Everything that an apply of one resource works with. */
export interface ApplyScene {
  readonly types: ResourceTypes;
  readonly type: ResourceType;
  readonly block: Block;
  readonly provider: ProviderConfiguration;
  readonly world: World;
  readonly now: () => Date;
}

/** The new state (null: gone) and what went wrong. With an error the state is what exists nevertheless. */
export interface Applied {
  readonly state: KnownValues | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Creates a resource. */
export async function createResource(scene: ApplyScene, planned: Values, config: Values): Promise<Applied> {
  const { type, block, world } = scene;
  const region = regionOf(scene, planned);
  const name = new Attributes(planned).text('name');
  let created: { current: AccountResource; state: KnownValues };
  try {
    const prepared = await prepare(scene, undefined, planned, config);
    created = await world.account.change((account) => {
      checkReferences(scene.types, type, planned, account);
      const computed = type.create({
        planned: new Attributes(planned),
        config: new Attributes(config),
        prepared,
        scene: new Scene(account, region, scene.now()),
      });
      const state = fillUnknowns(block, planned, computed);
      const id = type.idOf?.(new Attributes(state)) ?? computed.id;
      checkUnique(type, undefined, state, region, account);
      const current = { type: type.type, id, region, attributes: toAccount(type, block, state) };
      if (type.intangible !== true) account.put(current);
      return { current, state };
    });
  } catch (error) {
    return { state: null, diagnostics: [refusal(error, 'creating', type, name)] };
  }
  return settle(scene, undefined, planned, created.current, created.state);
}

/** Changes a resource in place. */
export async function updateResource(
  scene: ApplyScene,
  prior: KnownValues,
  planned: Values,
  config: Values,
): Promise<Applied> {
  const { type, block, world } = scene;
  const region = regionOf(scene, prior);
  const id = idOf(type, prior);
  let updated: { current: AccountResource; state: KnownValues };
  try {
    const prepared = await prepare(scene, prior, planned, config);
    updated = await world.account.change((account) => {
      const known = account.get(type.type, id, region);
      const existing = type.intangible === true ? { type: type.type, id, region, attributes: prior } : known;
      if (existing === undefined) throw notFound(type, id);
      checkReferences(scene.types, type, planned, account);
      const computed =
        type.update?.({
          prior: new Attributes(prior),
          planned: new Attributes(planned),
          config: new Attributes(config),
          prepared,
          current: existing,
          scene: new Scene(account, region, scene.now()),
        }) ?? {};
      const state = fillUnknowns(block, planned, { ...existing.attributes, ...computed });
      checkUnique(type, id, state, region, account);
      // Only what the plan changes is sent: what others changed meanwhile stays, and shows as drift.
      const attributes = changesOnly(existing.attributes, toAccount(type, block, state), prior, type, block);
      const current = { ...existing, attributes };
      if (known !== undefined) account.put(current);
      return { current, state };
    });
  } catch (error) {
    return { state: asState(block, prior), diagnostics: [refusal(error, 'updating', type, id)] };
  }
  return settle(scene, prior, planned, updated.current, updated.state);
}

/** Deletes a resource; one that is gone already is no error. */
export async function deleteResource(scene: ApplyScene, prior: Values): Promise<Applied> {
  const { type, block, world } = scene;
  const region = regionOf(scene, prior);
  const id = idOf(type, prior);
  try {
    const removed = await world.account.change((account) => {
      const current = account.get(type.type, id, region);
      if (current === undefined || type.keepOnDelete?.(new Attributes(prior)) === true) return undefined;
      checkUnused(scene.types, type, current, account);
      type.remove?.({ current, prior: new Attributes(prior), scene: new Scene(account, region, scene.now()) });
      account.remove(current);
      return current;
    });
    if (removed !== undefined) await type.cleanUp?.(removed, world);
    return { state: null, diagnostics: [] };
  } catch (error) {
    return { state: asState(block, prior), diagnostics: [refusal(error, 'deleting', type, id)] };
  }
}

async function prepare(
  scene: ApplyScene,
  prior: Values | undefined,
  planned: Values,
  config: Values,
): Promise<Attributes> {
  const prepared = await scene.type.prepare?.({
    prior: prior === undefined ? undefined : new Attributes(prior),
    planned: new Attributes(planned),
    config: new Attributes(config),
    region: regionOf(scene, planned),
    world: scene.world,
  });
  return new Attributes(prepared ?? {});
}

async function settle(
  scene: ApplyScene,
  prior: Values | undefined,
  planned: Values,
  current: AccountResource,
  state: KnownValues,
): Promise<Applied> {
  const { type, world } = scene;
  if (type.settle === undefined) return { state, diagnostics: [] };
  try {
    const settled = await type.settle({
      current,
      prior: prior === undefined ? undefined : new Attributes(prior),
      planned: new Attributes(planned),
      world,
    });
    return { state: { ...state, ...settled }, diagnostics: [] };
  } catch (error) {
    return { state, diagnostics: [refusal(error, 'waiting for', type, current.id)] };
  }
}

function changesOnly(
  existing: KnownValues,
  wanted: KnownValues,
  prior: Values,
  type: ResourceType,
  block: Block,
): KnownValues {
  const before = toAccount(type, block, asState(block, prior));
  const changed = Object.entries(wanted).filter(([name, value]) => canonical(value) !== canonical(before[name]));
  const unset = new Set(Object.keys(before).filter((name) => !(name in wanted)));
  const kept = Object.entries(existing).filter(([name]) => !unset.has(name));
  return Object.fromEntries([...kept, ...changed]);
}

function regionOf(scene: ApplyScene, values: Values): string {
  if (scene.type.global === true) return 'global';
  return new Attributes(values).text('region') || scene.provider.region;
}
