import { FargateService, PublishedFiles } from '@loadlab/fargate';
import type { Environment } from '@loadlab/foundation';
import { consume, LabStack, publish } from '@loadlab/foundation/stack';
import { networkContract } from '@loadlab/network/contract';
import type { Construct } from 'constructs';
import { mockOpenAiBundle } from './bundle';
import { MOCK_OPENAI_PORT, mockOpenAiContainer } from './container';
import { mockOpenAiContract } from './contract';

/** Volume of the task that holds the bundle. */
const VOLUME = 'app';

/** The mock upstream: tasks that answer as OpenAI does, on a known schedule, under a name inside the VPC. */
export class MockOpenAiStack extends LabStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, 'mock-openai', environment);
    const spec = environment.mockOpenai;
    if (spec === 'none') throw new Error(`${environment.name} wants no mock: ask MockOpenAiStack.isWanted first`);

    const network = consume(this, networkContract);
    const app = new PublishedFiles(this, 'app', { network, name: 'app', files: { 'main.js': mockOpenAiBundle() } });
    const container = mockOpenAiContainer({
      mock: spec,
      bundle: { path: app.file('main.js'), volume: { name: VOLUME, containerPath: app.mountPath } },
    });
    const service = new FargateService(this, 'service', {
      network,
      name: 'mock',
      containers: [container],
      cpu: spec.cpu,
      memoryGb: spec.memoryGb,
      desiredTasks: spec.tasks,
      files: { [VOLUME]: app },
      discoveryName: 'mock-openai',
      // It is the ruler: it does not move while something is measured.
      availabilityZoneRebalancing: false,
    });

    publish(this, mockOpenAiContract, {
      url: `http://${service.host}:${MOCK_OPENAI_PORT}`,
      securityGroupId: service.securityGroupId,
      port: MOCK_OPENAI_PORT,
    });
  }

  /** False where the environment says `mockOpenai: none`. */
  static isWanted({ mockOpenai }: Environment): boolean {
    return mockOpenai !== 'none';
  }
}
