import type { KnownValues, Values } from '../protocol/value';
import { Attributes } from '../protocol/attributes';
import { AwsError } from '../resources/aws-error';
import type { ResourceType } from '../resources/resource-type';
import type { Block } from '../schemas/schema';
import { fillUnknowns } from './fill-unknowns';

/** The id under which the account keeps what this state describes. */
export function idOf(type: ResourceType, state: Values): string {
  const attributes = new Attributes(state);
  return type.idOf?.(attributes) ?? attributes.text('id');
}

/** AWS's answer when something is named that does not exist. */
export function notFound(type: ResourceType, name: string): AwsError {
  return type.notFound?.(name) ?? new AwsError('ResourceNotFoundException', `${name} does not exist`, 404);
}

/** A state as Terraform sent it; a state has no unknowns. */
export function asState(block: Block, state: Values): KnownValues {
  return fillUnknowns(block, state, {});
}
