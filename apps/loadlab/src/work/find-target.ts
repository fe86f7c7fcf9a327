import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError, readOutputs, type Environment, type Outputs } from '@loadlab/foundation';
import { stateLocation } from '@loadlab/foundation/stack';
import { proxyServiceContract } from '@loadlab/proxy-service/contract';
import { installedTerraform, type Terraform } from '@loadlab/state-backend/terraform';
import { masterKeyReader, type ReadSecret } from './read-secret';

/** A deployed gateway, and how to get an admin's key for it. */
export interface Target {
  /** Origin for clients; without a slash at its end. */
  readonly url: string;
  /** Reads a secret: for a request's header, and for nothing that is kept. @throws {InputError} when it cannot be read */
  readonly masterKey: () => Promise<string>;
}

/** Where a target is looked up; a test passes its own. */
export interface TargetSources {
  readonly terraform: Terraform;
  readonly readSecret: ReadSecret;
}

/**
 * Finds the gateway that was deployed for an environment: its address in the state of `proxy-service`, its key in Secrets Manager.
 * @throws {InputError} when it is not deployed, belongs to another account, or its state cannot be read
 */
export async function findTarget(
  environment: Environment,
  { terraform, readSecret }: TargetSources = {
    terraform: installedTerraform,
    readSecret: masterKeyReader(environment),
  },
): Promise<Target> {
  const { url, masterKeySecretArn } = await deployedOutputs(environment, terraform);
  requireAccount(environment, masterKeySecretArn);
  return { url, masterKey: () => readSecret(masterKeySecretArn) };
}

type ProxyOutputs = Outputs<typeof proxyServiceContract>;

/**
 * Reads the stack's outputs as another stack would, by a `terraform_remote_state` in a folder of its own: any backend will do, and
 * no provider has to be downloaded, as it would be beside the stack's own resources.
 */
async function deployedOutputs(environment: Environment, terraform: Terraform): Promise<ProxyOutputs> {
  const { stack } = proxyServiceContract;
  // A state in a local folder is found relative to this one, which may lie behind a symbolic link.
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'loadlab-outputs-'));
  try {
    const { backend, reader } = stateLocation(environment, stack, folder);
    const reading = {
      data: { terraform_remote_state: { stack: { backend, config: reader } } },
      output: { outputs: { value: '${data.terraform_remote_state.stack.outputs}' } },
    };
    writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify(reading));
    const run = async (...args: readonly string[]): Promise<string> => {
      const result = await terraform(folder, args);
      if (result.code !== 0) throw unreadable(environment, result);
      return result.stdout;
    };
    await run('init', '-input=false', '-no-color');
    await run('apply', '-input=false', '-no-color', '-auto-approve');
    const values = JSON.parse(await run('output', '-json', 'outputs')) as Record<string, unknown>;
    const asPrinted = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
    return readOutputs(proxyServiceContract, JSON.stringify(asPrinted));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Environments of one name may lie in several accounts, for different people. */
function requireAccount({ file, accountId }: Environment, secretArn: string): void {
  const deployedIn = secretArn.split(':')[4];
  if (accountId === undefined || accountId === deployedIn) return;
  throw new InputError([
    {
      file,
      path: 'accountId',
      message: `says ${accountId}, but the gateway in this state was deployed to ${deployedIn ?? 'no account'}`,
      hint: 'correct accountId, or the backend that its state is in',
    },
  ]);
}

function unreadable(
  environment: Environment,
  { code, stdout, stderr }: { readonly code: number | undefined; readonly stdout: string; readonly stderr: string },
): InputError {
  const file = `environment ${environment.name}`;
  if (code === undefined) {
    const hint = 'install Terraform 1.11 or newer: https://developer.hashicorp.com/terraform/install';
    return new InputError([{ file, path: '', message: `Terraform did not start: ${stderr}`, hint }]);
  }
  const said = `${stderr}\n${stdout}`;
  if (/No stored state was found|Unable to find remote state/.test(said)) {
    return new InputError([
      {
        file,
        path: '',
        message: 'its gateway is not deployed: there is no state of proxy-service',
        hint: `LOADLAB_ENVIRONMENT=${environment.name} npx cdktf deploy '*', or --target URL`,
      },
    ]);
  }
  const hint = `npx loadlab doctor --environment ${environment.name}`;
  return new InputError([
    { file, path: '', message: `the state of proxy-service cannot be read: ${firstError(said)}`, hint },
  ]);
}

/** Terraform's first error box as one line. */
function firstError(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/^[│╷╵\s]+/, '').trim())
    .filter((line) => line !== '');
  const words = lines
    .slice(
      Math.max(
        0,
        lines.findIndex((line) => line.startsWith('Error:')),
      ),
    )
    .join(' ');
  return words.length > 240 ? `${words.slice(0, 237)}...` : words;
}
