import { propertyAccess, Token } from 'cdktf';
import { z } from 'zod';
import type { Contract, Outputs } from '../contract/contract';
import { StateReader } from './backend';
import type { LabStack } from './lab-stack';

/**
 * Reads another stack's outputs from its state: tokens of the contract's types, known only to Terraform.
 * Where the producer lives in the same app, this stack is deployed after it.
 */
export function consume<C extends Contract>(stack: LabStack, contract: C): Outputs<C> {
  const state = new StateReader(stack, contract.stack, stack.stateOf(contract.stack));
  stack.deployAfter(contract.stack);
  const { properties } = z.toJSONSchema(contract.outputs) as { properties: Record<string, { type?: string }> };
  const tokens = Object.entries(properties).map(([name, { type }]) => [
    name,
    type === 'array' ? state.getList(name) : type === 'string' ? state.getString(name) : state.getNumber(name),
  ]);
  return Object.fromEntries(tokens) as Outputs<C>;
}

/**
 * The first `count` elements of a list that only Terraform will know, as one token each: for resources of which one is
 * made for each subnet. (Mapping over the list itself would see one opaque element.)
 */
export function elementsOf(list: readonly string[], count: number): string[] {
  // An index, not `element()`: that starts over at the end of a list that is too short.
  return Array.from({ length: count }, (_, index) => Token.asString(propertyAccess([...list], [index])));
}
