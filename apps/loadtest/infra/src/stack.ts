import { ownKeyStatements, PrivateBucket, PublishedFiles, type SecurityGroup } from '@loadlab/fargate';
import type { Environment } from '@loadlab/foundation';
import { consume, LabStack, publish } from '@loadlab/foundation/stack';
import { mockOpenAiContract } from '@loadlab/mock-openai-infra/contract';
import { networkContract } from '@loadlab/network/contract';
import { proxyServiceContract } from '@loadlab/proxy-service/contract';
import type { Construct } from 'constructs';
import { GENERATOR_MAIN, generatorFiles } from './bundle';
import { generatorContainer } from './container';
import { loadtestContract } from './contract';
import { JobDefinition } from './job-definition';
import { JobQueue } from './job-queue';

/** Volume of the task that holds the bundle. */
const VOLUME = 'app';
/** Somebody looks at results again within a quarter, or never. */
const KEEP_RESULTS_DAYS = 90;

/** Load generators inside the VPC: jobs of AWS Batch on Fargate, their records in a bucket. */
export class LoadtestStack extends LabStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, 'loadtest', environment);
    const spec = environment.loadGenerator;
    if (spec === 'none') throw new Error(`${environment.name} wants no generators: ask LoadtestStack.isWanted first`);

    const network = consume(this, networkContract);
    const gateway = consume(this, proxyServiceContract);
    const mock = environment.mockOpenai === 'none' ? undefined : consume(this, mockOpenAiContract);

    const results = new PrivateBucket(this, 'results', {
      name: 'results',
      expireAfterDays: KEEP_RESULTS_DAYS,
      underOwnKey: true,
    });
    const app = new PublishedFiles(this, 'app', { network, name: 'app', files: generatorFiles() });
    const job = new JobDefinition(this, 'generator', {
      network,
      cpu: spec.cpu,
      memoryGb: spec.memoryGb,
      files: { [VOLUME]: app },
      parameters: { scenario: 'smoke', rounds: '1' },
      container: generatorContainer({
        generator: spec,
        bundle: { path: app.file(GENERATOR_MAIN), volume: { name: VOLUME, containerPath: app.mountPath } },
        target: gateway.internalUrl,
        apiKeySecretArn: gateway.masterKeySecretArn,
        ...(mock === undefined ? {} : { direct: mock.url }),
        resultsBucket: results.name,
      }),
    });
    job.jobRole.grant('write-results', [
      { Effect: 'Allow', Action: 's3:PutObject', Resource: `${results.arn}/runs/*` },
      // To decrypt as well: S3 puts a large object together from its parts.
      ...ownKeyStatements(this, 's3', ['kms:GenerateDataKey', 'kms:Decrypt']),
    ]);
    allowToGateway(job.securityGroup, environment, network.vpcCidr);
    if (mock !== undefined) {
      job.securityGroup.allowTo('mock-openai', mock, { port: mock.port, why: 'Rounds past the gateway' });
    }
    const queue = new JobQueue(this, 'queue', {
      network,
      securityGroup: job.securityGroup,
      maxVcpus: Math.ceil(spec.maxTasks * spec.cpu),
      spot: spec.spot,
      after: job.needs,
    });

    publish(this, loadtestContract, {
      jobQueueArn: queue.arn,
      jobDefinitionArn: job.arn,
      resultsBucket: results.name,
      logGroupName: job.logGroupName,
      securityGroupId: job.securityGroup.securityGroupId,
    });
  }

  /** False where the environment says `loadGenerator: none`. */
  static isWanted({ loadGenerator }: Environment): boolean {
    return loadGenerator !== 'none';
  }
}

/** Through the internal load balancer if there is one; it speaks HTTPS only where it is the one that the certificate is for. */
function allowToGateway(generators: SecurityGroup, { proxy }: Environment, vpcCidr: string): void {
  const inside = proxy.loadBalancer !== 'public';
  const speaksHttps = proxy.https !== undefined && proxy.loadBalancer !== 'both';
  if (!inside && speaksHttps) return;
  generators.allowToCidr('gateway', inside ? vpcCidr : '0.0.0.0/0', {
    port: speaksHttps ? 443 : 80,
    why: 'Load for the gateway',
  });
}
