import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Environment } from '@loadlab/foundation';
import { stateLocation } from '@loadlab/foundation/stack';
import { priceStates, type DeployedCost } from '@loadlab/plan-review';
import { installedTerraform, type Terraform } from '@loadlab/state-backend/terraform';

/** What stands while a gateway is measured. The generators are not part of it: they may run anywhere, and only for the run. */
const STACKS = ['network', 'database', 'proxy-service', 'mock-openai'];

/**
 * What an environment costs an hour as it is deployed: priced from the states of its stacks, not from what its file would have
 * deployed. Stacks that are not deployed cost nothing.
 * @throws {Error} with Terraform's words when a state cannot be read
 */
export async function deployedCost(
  environment: Environment,
  terraform: Terraform = installedTerraform,
): Promise<DeployedCost> {
  const states = await Promise.all(STACKS.map((stack) => pullState(environment, stack, terraform)));
  const cost = priceStates(states.filter((state) => state !== undefined));
  return { ...cost, basis: `${cost.basis}, for what stands in the states of environment ${environment.name}` };
}

/** A folder that knows only the backend: neither resources nor providers are needed to read a state. */
async function pullState(environment: Environment, stack: string, terraform: Terraform): Promise<unknown> {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'loadlab-state-'));
  try {
    const { backend, own } = stateLocation(environment, stack, folder);
    writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify({ terraform: { backend: { [backend]: own } } }));
    // No provider is needed to read a state, and AWS's has hundreds of megabytes: from a folder without any, init only sets up the
    // backend and then complains. Whether the backend works, the pull says.
    const init = await terraform(folder, ['init', '-input=false', '-no-color', `-plugin-dir=${folder}`]);
    const pull = await terraform(folder, ['state', 'pull']);
    if (pull.code !== 0)
      throw new Error(`the state of ${stack} cannot be read: ${pull.stderr.trim()}\n${init.stderr.trim()}`.trim());
    const state = pull.stdout;
    return state.trim() === '' ? undefined : (JSON.parse(state) as unknown);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
