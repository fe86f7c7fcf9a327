import type { AccountResource } from '../../account/account-document';
import type { AccountView } from '../../account/account-view';
import type { KnownValues } from '../../protocol/value';
import { AwsError } from '../aws-error';
import { attributesOf, type Attributes } from '../../protocol/attributes';
import type { SettleRequest } from '../resource-type';
import type { ServiceDeployment, ServiceTarget } from './container-runtime';
import { describeTaskDefinition } from './describe-task-definition';
import { whyTaskCannotStart } from './task-start';

/** Attributes whose change makes ECS start new tasks. */
const DEPLOYS = ['task_definition', 'desired_count', 'force_new_deployment', 'network_configuration', 'triggers'];

/**
 * What the provider does while it says "Still creating…": waits until the service's tasks run.
 * After a rollback the service is at its former revision, and the state says so, as with the real provider.
 * @throws {AwsError} with the reason of the tasks
 */
export async function deployService({ current, prior, planned, world }: SettleRequest): Promise<KnownValues> {
  const changed =
    prior === undefined ||
    DEPLOYS.some((name) => JSON.stringify(prior.values[name]) !== JSON.stringify(planned.values[name]));
  if (!changed) return {};
  const account = world.account.read();
  const service = attributesOf(current);
  const blocked = whyTaskCannotStart(account, service);
  const outcome =
    blocked === undefined
      ? await world.containers.deployService(deploymentOf(account, current, world.account.folders))
      : { status: 'FAILED' as const, reason: blocked, rolledBack: prior !== undefined && rollsBack(service) };
  if (outcome.status === 'STABLE') return {};

  const former = prior?.text('task_definition') ?? '';
  if (outcome.rolledBack && former !== '')
    await world.account.change((draft) =>
      draft.put({ ...current, attributes: { ...current.attributes, task_definition: former } }),
    );
  // Without waiting, nobody would hear of it: AWS, too, says it only in the service's events.
  if (!planned.flag('wait_for_steady_state')) return {};
  const breaker = rollsBack(service) ? 'ECS deployment circuit breaker: ' : '';
  throw new AwsError('ServiceDeploymentFailed', `${breaker}tasks failed to start. ${outcome.reason}`);
}

function rollsBack(service: Attributes): boolean {
  const breaker = service.block('deployment_circuit_breaker');
  return breaker?.flag('enable') === true && breaker.flag('rollback');
}

/** What a service of the account asks of whoever runs its containers. @throws {AwsError} without a task definition */
export function deploymentOf(
  account: AccountView,
  resource: AccountResource,
  folders: { efsFolder(account: AccountView, fileSystemId: string, accessPointId: string): string },
): ServiceDeployment {
  const service = attributesOf(resource);
  const definition = account.find('aws_ecs_task_definition', service.text('task_definition'));
  if (definition === undefined) throw new AwsError('ClientException', 'TaskDefinition not found.');
  const target = targetOf(account, service);
  const discoveryName = discoveryNameOf(account, service);
  return {
    cluster: service.text('cluster').slice(service.text('cluster').lastIndexOf('/') + 1),
    name: service.text('name'),
    taskDefinition: describeTaskDefinition(account, definition, folders),
    desiredCount: service.number('desired_count') ?? 0,
    minimumHealthyPercent: service.number('deployment_minimum_healthy_percent') ?? 100,
    maximumPercent: service.number('deployment_maximum_percent') ?? 200,
    healthCheckGracePeriodSeconds: service.number('health_check_grace_period_seconds') ?? 0,
    ...(target === undefined ? {} : { target }),
    ...(discoveryName === undefined ? {} : { discoveryName }),
  };
}

function targetOf(account: AccountView, service: Attributes): ServiceTarget | undefined {
  const attachment = service.block('load_balancer');
  const group = account.find('aws_lb_target_group', attachment?.text('target_group_arn') ?? '');
  if (attachment === undefined || group === undefined) return undefined;
  const listener = account
    .ofType('aws_lb_listener')
    .find((candidate) => JSON.stringify(candidate.attributes).includes(group.id));
  const balancer = account.find(
    'aws_lb',
    listener === undefined ? '' : attributesOf(listener).text('load_balancer_arn'),
  );
  const attributes = attributesOf(group);
  return {
    container: attachment.text('container_name'),
    containerPort: attachment.number('container_port') ?? 0,
    healthCheckPath: attributes.block('health_check')?.text('path') ?? '/',
    dnsName: balancer === undefined ? '' : attributesOf(balancer).text('dns_name'),
    listenerPort: listener === undefined ? 80 : (attributesOf(listener).number('port') ?? 80),
    deregistrationDelaySeconds: attributes.number('deregistration_delay') ?? 300,
  };
}

function discoveryNameOf(account: AccountView, service: Attributes): string | undefined {
  const arn = service.block('service_registries')?.text('registry_arn') ?? '';
  const registered = account.find('aws_service_discovery_service', arn);
  if (registered === undefined) return undefined;
  const namespaceId = attributesOf(registered).block('dns_config')?.text('namespace_id') ?? '';
  const namespace = account.find('aws_service_discovery_private_dns_namespace', namespaceId);
  return namespace === undefined
    ? undefined
    : `${attributesOf(registered).text('name')}.${attributesOf(namespace).text('name')}`;
}
