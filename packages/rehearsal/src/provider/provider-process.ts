import { Account } from '../account/account';
import { SecretValues } from '../account/secret-values';
import { AddressBook } from '../faults/address-book';
import { ConfiguredResources } from '../faults/configured-resources';
import { FaultCounter } from '../faults/fault-counter';
import { interfere } from '../faults/interference';
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
import { providerOptionsSchema, type ProviderOptions } from './provider-options';
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
  const folders = (): string[] => stackFolders(options.workingFolders);
  const archives = new FunctionArchives(account.folders, folders);
  // The functions call the endpoint, and the endpoint calls functions.
  const { address } = await startAwsEndpoint((call) => calls(call));
  const functions = new LocalFunctionRunner({ account, archives, containers, endpoint: address });
  const calls = awsCalls({ account, secrets, functions, containers });
  const configured = new ConfiguredResources(folders);
  const handlers = offlineAws({
    catalog: new Catalog(resourceTypes, dataSources, ephemeralResources),
    world: { account, secrets, functions, containers },
    now: () => new Date(),
    interference: interfere({
      faults: new FaultCounter(options.faults),
      addresses: new AddressBook(() => (options.faults.length === 0 ? [] : configured.all())),
      pace: options.pace,
      crash: () => {
        process.kill(process.pid, 'SIGKILL');
        throw new Error('a killed process goes on');
      },
      killTerraform: () => tellParent({ kind: 'kill-terraform' }),
    }),
    ...(options.region === undefined ? {} : { fallbackRegion: options.region }),
  });
  const { port } = await startPluginServer(handlers, (call, error) => console.error(`${call}:`, error));
  return port;
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
