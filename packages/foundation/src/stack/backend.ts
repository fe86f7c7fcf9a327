import { TerraformBackend, TerraformRemoteState } from 'cdktf';
import type { Construct } from 'constructs';
import type { Contract } from '../contract/contract';
import type { StateLocation } from './state-location';
import { unpublishedOutputs } from './unpublished';

/**
 * The backend block of a stack. cdktf's own classes stop short of what is needed (`use_lockfile` is unknown to its
 * S3 backend, its pg backend wants the connection written down), so the block is written from a `StateLocation`.
 */
export class StateBackend extends TerraformBackend {
  readonly #location: StateLocation;

  constructor(scope: Construct, location: StateLocation) {
    super(scope, 'backend', location.backend);
    this.#location = location;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.#location.own };
  }

  /** For references between stacks that bypass their contract; kept working, used by none of ours. */
  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    return new StateReader(scope, name, this.#location);
  }
}

/** Reads the outputs in another stack's state; with its contract, refuses a plan when one of them is not there. */
export class StateReader extends TerraformRemoteState {
  constructor(scope: Construct, id: string, location: StateLocation, contract?: Contract) {
    const guard = contract === undefined ? undefined : unpublishedOutputs(contract);
    super(scope, id, location.backend, {
      ...location.reader,
      ...(guard === undefined ? {} : { defaults: { ...guard.defaults } }),
    });
    // cdktf gives remote states no lifecycle.
    if (guard !== undefined) this.addOverride('lifecycle.postcondition', [guard.postcondition]);
  }
}
