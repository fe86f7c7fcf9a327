import { z } from 'zod';
import { arn, cpu, image, ipv4Range, memoryGb, secretArn, text } from './words';

const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'must be the name of a variable: letters, digits and _' });

const autoscaling = z.union([
  z.literal('none'),
  z.strictObject({
    minTasks: z.number().int().min(1),
    maxTasks: z.number().int().min(1).max(1000),
    targetCpuPercent: z.number().min(10).max(95).default(60),
  }),
]);

const https = z.strictObject({
  certificateArn: arn(
    'acm',
    'certificate/',
    'a certificate in ACM',
    'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
  ),
  domain: text(
    'a host name that the certificate is for, such as llm.example.com',
    /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}$/,
  ),
});

/** The gateway. */
export const proxySchema = z.strictObject({
  image: image.default('ghcr.io/berriai/litellm:v1.108.7').describe('LiteLLM; with @sha256:… wanted'),
  tasks: z.number().int().min(1).max(1000).default(4),
  cpu: cpu.default(4).describe('vCPU of a task'),
  memoryGb: memoryGb.default(8),
  workersPerTask: z.number().int().min(1).default(4).describe('Processes of a task, at most one a vCPU'),
  config: z.string().min(1).default('./config.yaml').describe("LiteLLM's own configuration, relative to this file"),
  storeModelInDb: z.boolean().exactOptional().describe('Keep models in the database as well; default: if there is one'),
  loadBalancer: z.enum(['internal', 'public', 'both']).default('internal'),
  https: https.exactOptional(),
  plaintext: z.boolean().default(false).describe('Let the public load balancer speak HTTP, to allowedCidrs only'),
  allowedCidrs: z.array(ipv4Range).default([]).describe('Who may reach the public load balancer'),
  environment: z.record(variableName, z.string()).default({}).describe('Plain variables of the task'),
  secrets: z.record(variableName, secretArn).default({}).describe('NAME: ARN in Secrets Manager'),
  autoscaling: autoscaling.default('none'),
});
