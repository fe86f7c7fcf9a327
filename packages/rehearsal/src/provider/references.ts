import type { AccountResource } from '../account/account-document';
import type { AccountView } from '../account/account-view';
import { textOf } from '../account/account-document';
import type { Values } from '../protocol/value';
import { Attributes, attributesOf, textsAt } from '../protocol/attributes';
import { AwsError } from '../resources/aws-error';
import type { Reference, ResourceType } from '../resources/resource-type';

/** The types of resources by name. */
export type ResourceTypes = ReadonlyMap<string, ResourceType>;

/** @throws {AwsError} in the words of the other's type when something is named that does not exist */
export function checkReferences(types: ResourceTypes, type: ResourceType, values: Values, account: AccountView): void {
  for (const reference of type.references ?? []) {
    if (reference.optional === true) continue;
    for (const value of textsAt(values, reference.attribute)) {
      const name = reference.name?.(value) ?? value;
      const targets = targetsOf(reference);
      if (targets.some((target) => account.find(target, name) !== undefined)) continue;
      throw (
        reference.missing?.(name) ??
        types.get(targets[0] ?? '')?.notFound?.(name) ??
        new AwsError('ResourceNotFoundException', `${name} does not exist`, 404)
      );
    }
  }
}

/** @throws {AwsError} in the words of its type when others keep the resource from being deleted */
export function checkUnused(
  types: ResourceTypes,
  type: ResourceType,
  resource: AccountResource,
  account: AccountView,
): void {
  const users = account.all().filter((other) => other !== resource && blocks(types.get(other.type), other, resource));
  if (users.length === 0) return;
  const listed = users.map((user) => `${user.type} ${user.id}`).join(', ');
  throw (
    type.inUse?.(resource, users) ??
    new AwsError('ResourceInUseException', `${resource.id} is in use by ${listed}`, 409)
  );
}

/** @throws {AwsError} when a name is taken by another resource of the type */
export function checkUnique(
  type: ResourceType,
  id: string | undefined,
  values: Values,
  region: string,
  account: AccountView,
): void {
  for (const { of, taken } of type.unique ?? []) {
    const own = of(new Attributes(values));
    if (own.includes('')) continue;
    const rival = account
      .ofType(type.type)
      .some(
        (other) =>
          other.id !== id &&
          other.region === region &&
          of(attributesOf(other)).every((text, index) => text === own[index]),
      );
    if (rival) throw taken(new Attributes(values));
  }
}

function blocks(type: ResourceType | undefined, user: AccountResource, used: AccountResource): boolean {
  return (type?.references ?? []).some(
    (reference) =>
      reference.blocks === true &&
      targetsOf(reference).includes(used.type) &&
      textsAt(user.attributes, reference.attribute).some((value) => names(reference.name?.(value) ?? value, used)),
  );
}

function names(name: string, resource: AccountResource): boolean {
  return name === resource.id || name === textOf(resource, 'arn') || name === textOf(resource, 'name');
}

function targetsOf(reference: Reference): readonly string[] {
  return typeof reference.to === 'string' ? [reference.to] : reference.to;
}
