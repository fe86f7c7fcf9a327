import { databaseContract } from '@loadlab/database/contract';
import { Cluster, FargateService, LoadBalancer, PublishedFiles, ReadinessCheck } from '@loadlab/fargate';
import { formatProblems, type Environment } from '@loadlab/foundation';
import { consume, LabStack, publish, tellReviewers } from '@loadlab/foundation/stack';
import { mockOpenAiContract } from '@loadlab/mock-openai-infra/contract';
import { networkContract } from '@loadlab/network/contract';
import { Annotations } from 'cdktf';
import type { Construct } from 'constructs';
import { connectionFact } from './capacity/connection-fact';
import { gatewayTimeouts } from './container/gateway-timeouts';
import { LITELLM_PORT, liteLlmContainer } from './container/litellm-container';
import { proxyServiceContract } from './contract';
import { DatabaseMigration } from './database-migration';
import { GatewayKeys } from './gateway-keys';
import { requireSoundConfig } from './litellm-config/check-environment-config';

/** Name of the task's volume with config.yaml. */
const CONFIG_VOLUME = 'config';

/** The benchmarked gateway: LiteLLM on Fargate behind a load balancer, its config.yaml on EFS. */
export class ProxyServiceStack extends LabStack {
  /** @throws {InputError} when config.yaml is not sound, or the database too small for all workers */
  constructor(scope: Construct, environment: Environment) {
    super(scope, 'proxy-service', environment);
    const warnings = requireSoundConfig(environment);
    if (warnings.length > 0) Annotations.of(this).addWarning(formatProblems(warnings));
    const { proxy } = environment;
    const network = consume(this, networkContract);
    const database = environment.database === 'none' ? undefined : consume(this, databaseContract);
    const mock = environment.mockOpenai === 'none' ? undefined : consume(this, mockOpenAiContract);

    const keys = new GatewayKeys(this, 'keys');
    const cluster = new Cluster(this, 'cluster');
    const migration =
      database && new DatabaseMigration(this, 'migration', { network, cluster, image: proxy.image, database });
    const config = new PublishedFiles(this, 'config', {
      network,
      name: 'config',
      files: { 'config.yaml': environment.litellmConfig.text },
    });
    const loadBalancer = new LoadBalancer(this, 'entry', {
      network,
      name: 'litellm',
      reach: proxy.loadBalancer,
      ...(proxy.https === undefined ? {} : { https: proxy.https }),
      plaintext: proxy.plaintext,
      allowedCidrs: proxy.allowedCidrs,
      targetPort: LITELLM_PORT,
      // Not readiness, which asks the database: a failover there would have every task replaced at once.
      healthCheckPath: '/health/liveliness',
      idleTimeoutSeconds: gatewayTimeouts.loadBalancerIdle,
      deregistrationDelaySeconds: gatewayTimeouts.deregistration,
    });
    const gateway = new FargateService(this, 'litellm', {
      network,
      cluster,
      loadBalancer,
      name: 'litellm',
      containers: [
        liteLlmContainer({
          proxy,
          config: {
            path: config.file('config.yaml'),
            sha256: environment.litellmConfig.sha256,
            volume: { name: CONFIG_VOLUME, containerPath: config.mountPath },
          },
          keys,
          ...(mock === undefined ? {} : { mockOpenAiUrl: mock.url }),
          ...(database === undefined ? {} : { database }),
        }),
      ],
      files: { [CONFIG_VOLUME]: config },
      cpu: proxy.cpu,
      memoryGb: proxy.memoryGb,
      desiredTasks: proxy.tasks,
      ...(proxy.autoscaling === 'none' ? {} : { autoscaling: proxy.autoscaling }),
      // A task that is moved in the middle of a run makes the run worthless.
      availabilityZoneRebalancing: environment.profile === 'production',
      after: [...keys.written, ...(migration === undefined ? [] : [migration.done])],
    });
    const { securityGroup } = gateway.task;
    if (database) tellReviewers(this, connectionFact(environment, database.maxConnections));
    if (database) securityGroup.allowTo('database', database, { port: database.port, why: 'Keys, spend, models' });
    if (mock)
      securityGroup.allowTo('mock-openai', mock, { port: mock.port, why: 'The upstream that is measured with' });
    new ReadinessCheck(this, 'readiness', { network, service: gateway, path: '/health/readiness' });

    publish(this, proxyServiceContract, {
      url: loadBalancer.url,
      internalUrl: loadBalancer.internalUrl,
      clusterName: cluster.name,
      serviceName: gateway.serviceName,
      loadBalancerArn: loadBalancer.main.arn,
      targetGroupArn: loadBalancer.main.targetGroup.arn,
      masterKeySecretArn: keys.masterKeySecretArn,
      securityGroupId: gateway.securityGroupId,
      configPath: config.file('config.yaml'),
      logGroupName: gateway.task.logGroupName,
    });
  }
}
