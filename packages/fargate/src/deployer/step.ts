import * as z from 'zod/mini';

/** Publish the files that a publisher function carries. */
const publishFiles = z.strictObject({
  step: z.literal('publishFiles'),
  functionName: z.string().check(z.minLength(1)),
});

/** Run one task to its end. It counts as done when `container` exits with 0. */
const runTask = z.strictObject({
  step: z.literal('runTask'),
  cluster: z.string().check(z.minLength(1)),
  /** ARN with its revision. */
  taskDefinition: z.string().check(z.regex(/:task-definition\/.+:\d+$/)),
  container: z.string().check(z.minLength(1)),
  subnetIds: z.array(z.string()).check(z.minLength(1)),
  securityGroupIds: z.array(z.string()).check(z.minLength(1)),
  logGroup: z.string().check(z.minLength(1)),
  logStreamPrefix: z.string().check(z.minLength(1)),
});

/** Wait until every task of a service answers 200 at a path. */
const awaitReady = z.strictObject({
  step: z.literal('awaitReady'),
  cluster: z.string().check(z.minLength(1)),
  service: z.string().check(z.minLength(1)),
  /** ARN with its revision: tasks of others are on their way out. */
  taskDefinition: z.string().check(z.minLength(1)),
  probeFunction: z.string().check(z.minLength(1)),
  port: z.int().check(z.minimum(1), z.maximum(65535)),
  path: z.string().check(z.startsWith('/')),
});

/** What Terraform may ask of the Deployer: one step an invocation. Holds no secret, it lands in plan and state. */
export const stepSchema = z.discriminatedUnion('step', [publishFiles, runTask, awaitReady]);

/** See {@link stepSchema}. */
export type Step = z.output<typeof stepSchema>;
export type PublishFiles = z.output<typeof publishFiles>;
export type RunTask = z.output<typeof runTask>;
export type AwaitReady = z.output<typeof awaitReady>;
