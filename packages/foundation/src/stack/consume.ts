import { propertyAccess, Token } from 'cdktf';
import type { Contract, Outputs } from '../contract/contract';
import { StateReader } from './backend';
import type { LabStack } from './lab-stack';
import { outputKinds } from './unpublished';

/**
 * Reads another stack's outputs from its state: tokens of the contract's types, known only to Terraform.
 * Where the producer lives in the same app, this stack is deployed after it.
 */
export function consume<C extends Contract>(stack: LabStack, contract: C): Outputs<C> {
  const state = new StateReader(stack, contract.stack, stack.stateOf(contract.stack), contract);
  stack.deployAfter(contract.stack);
  const tokens = Object.entries(outputKinds(contract)).map(([name, kind]) => [
    name,
    kind === 'list' ? state.getList(name) : kind === 'text' ? state.getString(name) : state.getNumber(name),
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
