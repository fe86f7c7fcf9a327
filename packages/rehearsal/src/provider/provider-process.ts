import { InputError } from '@loadlab/foundation';
import { Account } from '../account/account';
import { SecretValues } from '../account/secret-values';
import { AddressBook } from '../faults/address-book';
import { ConfiguredResources } from '../faults/configured-resources';
import { FaultCounter } from '../faults/fault-counter';
import type { Fault } from '../faults/fault';
import { interfere, type Interference } from '../faults/interference';
import { awsCalls } from '../functions/aws-calls';
import { startAwsEndpoint } from '../functions/aws-endpoint';
import { FunctionArchives } from '../functions/function-archive';
import { LocalFunctionRunner } from '../functions/local-function-runner';
import { startPluginServer } from '../protocol/plugin-server';
import { AssumedContainers } from '../resources/ecs/assumed-containers';
import { dataSources } from '../resources/data-sources/data-sources';
import { ephemeralResources, resourceTypes } from '../resources/registry';
import { Catalog } from './catalog';
import { offlineAws } from './offline-aws';
import { containerReplySchema, ParentContainers } from './parent-containers';
import { newFaultsSchema, providerOptionsSchema, type ProviderOptions } from './provider-options';
import { stackFolders } from './stack-folders';

/*
 * The provider as a process of its own, started by `startProvider`. It talks to its parent over IPC and ends with it.
 * A Ctrl-C reaches everybody at the terminal: Terraform ends gracefully, and needs its provider for that.
 */
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
process.once('message', (message) => {
  serve(providerOptionsSchema.parse(message)).then(
    (port) => tellParent({ kind: 'started', port }),
    (error: unknown) => {
      tellParent({ kind: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      process.exitCode = 1;
      process.disconnect();
    },
  );
});

async function serve(options: ProviderOptions): Promise<number> {
  const account = new Account(options.accountFile, options.accountId);
  const secrets = new SecretValues(options.accountFile);
  const containers = options.containers === 'parent' ? parentContainers() : new AssumedContainers(account);
  const archives = new FunctionArchives(account.folders, () => stackFolders(options.workingFolders));
  // The functions call the endpoint, and the endpoint calls functions.
  const { address } = await startAwsEndpoint((call) => calls(call));
  const functions = new LocalFunctionRunner({ account, archives, containers, endpoint: address });
  const calls = awsCalls({ account, secrets, functions, containers });
  let interference = interferenceOf(options, options.faults);
  process.on('message', (message) => {
    const changed = newFaultsSchema.safeParse(message);
    if (!changed.success) return;
    interference = interferenceOf(options, changed.data.faults);
    tellParent({ kind: 'faults-changed' });
  });
  const handlers = offlineAws({
    catalog: new Catalog(resourceTypes, dataSources, ephemeralResources),
    world: { account, secrets, functions, containers },
    now: () => new Date(),
    interference: { run: (call, make) => interference.run(call, make) },
    ...(options.region === undefined ? {} : { fallbackRegion: options.region }),
  });
  const { port } = await startPluginServer(handlers, (call, error) => {
    // What a person can mend, an account that was broken by hand, Terraform prints; where it was noticed helps nobody.
    if (!(error instanceof InputError)) console.error(`${call}:`, error);
  });
  return port;
}

function interferenceOf({ workingFolders, pace }: ProviderOptions, faults: readonly Fault[]): Interference {
  const configured = new ConfiguredResources(() => stackFolders(workingFolders));
  return interfere({
    faults: new FaultCounter(faults),
    // Without faults nobody asks for addresses, and no configuration needs to be read.
    addresses: new AddressBook(() => (faults.length === 0 ? [] : configured.all())),
    pace,
    crash: () => process.kill(process.pid, 'SIGKILL'),
    killTerraform: () => tellParent({ kind: 'kill-terraform' }),
  });
}

function parentContainers(): ParentContainers {
  const containers = new ParentContainers((call) => tellParent(call));
  process.on('message', (message) => {
    const reply = containerReplySchema.safeParse(message);
    if (reply.success) containers.receive(reply.data);
  });
  return containers;
}

function tellParent(message: object): void {
  process.send?.(message);
}
