import type { Environment } from '@loadlab/foundation';
import type { Check, Finding } from '../check';
import type { Account, StateStore } from './account';
import { generatorsAreSpot } from './capacity';
import * as identity from './identity-checks';
import { image, type Fetch } from './image-check';
import * as quotas from './quota-checks';
import { couldNotLook } from './refusal';
import { otherBackend, stateBucket, stateLock } from './state-checks';

/** What the checks look at; passed in so that a test can stand for any account. */
export interface AwsSurroundings {
  readonly account: Account;
  /** undefined where the states are not in S3. */
  readonly stateStore: StateStore | undefined;
  readonly fetch: Fetch;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Name of the object that stands for a lock: another for each run, since several may run at a time. */
  readonly probe: string;
}

const DEPLOY = 'deploying';

/** What a deployment of the environment needs from its account. Changes nothing there but a lock of its own, which it gives back. */
export function awsChecks(environment: Environment, around: AwsSurroundings): Check[] {
  const { account } = around;
  const check = (name: string, neededFor: string, run: () => Promise<Finding>): Check => ({
    name,
    neededFor,
    run: () => run().catch(couldNotLook),
  });
  // Two checks look at who we are; AWS is asked once.
  let asked: ReturnType<Account['identity']> | undefined;
  const whoAmI = (): ReturnType<Account['identity']> => (asked ??= account.identity());
  return [
    check('credentials', DEPLOY, () => identity.credentials(whoAmI, environment.assumeRoleArn)),
    check('account', DEPLOY, async () => identity.account(await whoAmI(), environment.accountId)),
    check('region', DEPLOY, () => identity.region(account, environment.region)),
    ...stateChecks(environment, around, check),
    ...imagesOf(environment).map(([name, reference]) =>
      check(`image of ${name}`, 'starting tasks', () => image(reference, around.fetch)),
    ),
    check('Fargate vCPU', 'starting tasks', () => quotas.onDemandVcpu(account, environment)),
    ...(generatorsAreSpot(environment)
      ? [check('Fargate Spot vCPU', 'load generators', () => quotas.spotVcpu(account, environment))]
      : []),
    check('VPCs', 'network', () => quotas.vpcs(account, environment)),
    check('Elastic IPs', 'network', () => quotas.addresses(account, environment)),
    check('NAT gateways', 'network', () => quotas.natGateways(account, environment)),
  ];
}

function stateChecks(
  environment: Environment,
  { stateStore, variables, probe }: AwsSurroundings,
  check: (name: string, neededFor: string, run: () => Promise<Finding>) => Check,
): Check[] {
  if (stateStore === undefined) {
    return [check('states', DEPLOY, () => Promise.resolve(otherBackend(environment, variables)))];
  }
  return [
    check('state bucket', DEPLOY, () => stateBucket(stateStore, environment)),
    check('state lock', DEPLOY, () => stateLock(stateStore, environment, probe)),
  ];
}

/** The images that the environment names; those that come with LoadLab are pinned and public. */
function imagesOf({ proxy, mockOpenai, loadGenerator }: Environment): (readonly [string, string])[] {
  return [
    ['the gateway', proxy.image] as const,
    ...(mockOpenai === 'none' || mockOpenai.image === undefined ? [] : [['the mock', mockOpenai.image] as const]),
    ...(loadGenerator === 'none' || loadGenerator.image === undefined
      ? []
      : [['the generators', loadGenerator.image] as const]),
  ];
}
