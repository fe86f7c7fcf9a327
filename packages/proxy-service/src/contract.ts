import { defineContract } from '@loadlab/foundation';
import { z } from 'zod';

const arn = z.string().startsWith('arn:');

/** What others may read of the gateway. */
export const proxyServiceContract = defineContract(
  'proxy-service',
  z.object({
    url: z.string().describe('Origin for clients; without a slash at its end'),
    internalUrl: z.string().describe('Origin for clients inside the VPC, load generators above all'),
    clusterName: z.string().describe('ECS cluster'),
    serviceName: z.string().describe('ECS service'),
    loadBalancerArn: arn.describe('The public load balancer if there is one, else the internal one'),
    targetGroupArn: arn.describe('Its target group'),
    masterKeySecretArn: arn.describe('Secret whose whole value is the master key'),
    securityGroupId: z.string().startsWith('sg-').describe('Group of the tasks'),
    configPath: z.string().startsWith('/').describe('config.yaml as the tasks see it'),
    logGroupName: z.string().describe('What LiteLLM says'),
  }),
);
