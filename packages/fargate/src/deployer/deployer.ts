import { join } from 'node:path';
import type { LabStack, Statement } from '@loadlab/foundation/stack';
import { Construct } from 'constructs';
import { NodeFunction } from '../function/node-function';
import { labStackOf } from '../stack-facts';

/** AWS Lambda's limit. */
const FIFTEEN_MINUTES = 900;

/**
 * The function that makes the steps of a deployment which need patience: Terraform can call something once, but neither
 * repeat it nor wait. One for each stack, outside the VPC; it may do what the stack's steps need and nothing else.
 */
export class Deployer extends Construct {
  readonly functionName: string;
  readonly #function: NodeFunction;

  private constructor(scope: Construct) {
    super(scope, 'deployer');
    this.#function = new NodeFunction(this, 'function', {
      name: 'deployer',
      description: 'Makes the steps of a deployment that need patience; called by Terraform',
      entry: join(__dirname, 'handler.ts'),
      timeoutSeconds: FIFTEEN_MINUTES,
      memoryMb: 256,
    });
    this.functionName = this.#function.functionName;
  }

  /** The stack's Deployer, made when it is first asked for. */
  static of(scope: Construct): Deployer {
    const stack = labStackOf(scope);
    const deployer = deployers.get(stack) ?? new Deployer(stack);
    deployers.set(stack, deployer);
    return deployer;
  }

  /** Lets it do what one step needs; the step comes after the returned permission. */
  grant(purpose: string, statements: readonly Statement[]) {
    return this.#function.role.grant(purpose, statements);
  }
}

const deployers = new WeakMap<LabStack, Deployer>();
