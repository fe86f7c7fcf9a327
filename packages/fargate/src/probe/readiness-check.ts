import { join } from 'node:path';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { DeploymentStep } from '../deployer/deployment-step';
import { watchTasks } from '../deployer/task-run';
import { NodeFunction } from '../function/node-function';
import { privateSubnets, type Network } from '../network/placement';
import { SecurityGroup } from '../network/security-group';
import type { FargateService } from '../service/fargate-service';

/** Settings of a readiness check. */
export interface ReadinessCheckProps {
  readonly network: Network;
  readonly service: FargateService;
  /** Answers 200 when the task can do its work, with all that it needs. */
  readonly path: string;
}

/** Longer than the Deployer gives one address to answer. */
const PROBE_TIMEOUT_SECONDS = 20;

/**
 * The smoke test that ends a deployment: every task of the new revision, asked at its own address from inside the VPC,
 * must say that it is ready, or the apply fails with what it said instead.
 */
export class ReadinessCheck extends Construct {
  readonly done: ITerraformDependable;

  constructor(scope: Construct, id: string, props: ReadinessCheckProps) {
    super(scope, id);
    const { service, network } = props;
    const { task, cluster } = service;
    const securityGroup = new SecurityGroup(this, 'security-group', {
      network,
      name: 'probe',
      description: 'Asks new tasks whether they are ready',
    });
    securityGroup.allowTo('tasks', task.securityGroup, { port: service.port, why: 'Readiness of new tasks' });
    const probe = new NodeFunction(this, 'probe', {
      name: 'probe',
      description: 'Asks addresses inside the VPC whether they are ready; called by the Deployer',
      entry: join(__dirname, 'handler.ts'),
      timeoutSeconds: PROBE_TIMEOUT_SECONDS,
      memoryMb: 128,
      placement: { subnetIds: privateSubnets(this, network), securityGroup },
    });
    const step = new DeploymentStep(this, 'Resource', {
      purpose: 'await-ready',
      permissions: [
        { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: probe.arn },
        ...watchTasks(this, cluster),
      ],
      step: {
        step: 'awaitReady',
        cluster: cluster.name,
        service: service.serviceName,
        taskDefinition: task.definitionArn,
        probeFunction: probe.functionName,
        port: service.port,
        path: props.path,
      },
      after: [service.deployed],
    });
    this.done = step.done;
  }
}
