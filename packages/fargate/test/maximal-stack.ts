import type { LabStack } from '@loadlab/foundation/stack';
import {
  Cluster,
  FargateService,
  FargateTask,
  LoadBalancer,
  PrivateBucket,
  PublishedFiles,
  ReadinessCheck,
  TaskRun,
} from '../src';
import { container, network } from './test-stack';

/** Every construct, with everything that it can be given. */
export function maximalStack(stack: LabStack): void {
  const cluster = new Cluster(stack, 'cluster', { containerInsights: 'enhanced' });
  const config = new PublishedFiles(stack, 'config', {
    network,
    name: 'config',
    files: { 'config.yaml': 'model_list: []\n' },
  });
  const migration = new FargateTask(stack, 'migration', {
    network,
    name: 'migration',
    containers: [container({ name: 'migrate', portMappings: [] })],
    cpu: 1,
    memoryGb: 4,
  });
  const migrated = new TaskRun(stack, 'migrate', { network, cluster, task: migration });
  const loadBalancer = new LoadBalancer(stack, 'entry', {
    network,
    name: 'web',
    reach: 'both',
    https: { certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0', domain: 'llm.example.com' },
    allowedCidrs: ['198.51.100.0/24', '203.0.113.0/24'],
    targetPort: 8080,
    healthCheckPath: '/alive',
    idleTimeoutSeconds: 600,
  });
  const service = new FargateService(stack, 'service', {
    network,
    name: 'web',
    cluster,
    containers: [
      container({
        image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/web@sha256:0',
        command: ['node', config.file('config.yaml')],
        mountPoints: [config.mountPoint('config'), { sourceVolume: 'scratch', containerPath: '/tmp', readOnly: false }],
        environment: [{ name: 'GREETING', value: 'hello' }],
        secrets: [
          { name: 'KEY', valueFrom: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:web/key-AbCdEf' },
          { name: 'PASSWORD', valueFrom: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:password::' },
        ],
      }),
    ],
    cpu: 4,
    memoryGb: 8,
    cpuArchitecture: 'ARM64',
    desiredTasks: 4,
    files: { config },
    scratchVolumes: ['scratch'],
    loadBalancer,
    discoveryName: 'web',
    autoscaling: { minTasks: 2, maxTasks: 8, targetCpuPercent: 60, targetRequestsPerMinute: 5000 },
    after: [migrated.done],
  });
  new ReadinessCheck(stack, 'readiness', { network, service, path: '/ready' });
  new PrivateBucket(stack, 'results', { name: 'results', expireAfterDays: 90 });
}
