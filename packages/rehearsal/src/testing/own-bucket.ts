import { startS3Server } from '../state-servers/s3-server';
import { s3Environment } from '../terraform/state-environment';

/** A bucket for a suite of tests. */
export interface OwnBucket {
  /** Of the S3 that it lies in. */
  readonly endpoint: string;
  /** Ends that S3, and puts this process's variables back. */
  giveBack(): Promise<void>;
}

/** A bucket in an S3 of this process's own, which AWS's SDK and Terraform find by this process's variables until it is given back. */
export async function ownBucket(name: string): Promise<OwnBucket> {
  const variables = { ...process.env };
  const server = await startS3Server();
  await server.createBucket(name);
  const offline: NodeJS.ProcessEnv = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', ...s3Environment(server) };
  for (const [variable, value] of Object.entries(offline)) {
    if (value === undefined) Reflect.deleteProperty(process.env, variable);
    else process.env[variable] = value;
  }
  return {
    endpoint: server.endpoint,
    giveBack: async () => {
      process.env = variables;
      await server.stop();
    },
  };
}
